"""The parameters the rules know: name, level, unit and form. A file for any other name is refused."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from hemmavid.rules.interventions import INTERVENTIONS
from hemmavid.rules.opening_hours_form import HoursProfilesTable
from hemmavid.rules.parameter_forms import MONTH_WORDS, ClockTime, Phrases, WorkingDays
from hemmavid.rules.parameter_values import (
    Choice,
    DecimalNumber,
    Form,
    InterventionTable,
    Text,
    WholeNumber,
    Words,
    YesNo,
)
from hemmavid.rules.standard_times_form import StandardTimesTable
from hemmavid.rules.surrounding_time_form import SurroundingTimeTable

MODES = Choice(("half_up", "half_even", "up", "down"))
DECIMALS = WholeNumber(0, 2)
PAID_OR_NOT = Choice(("paid", "not_paid"))
HOURS = WholeNumber(0, 24 * 31)
DAYS = WholeNumber(0, 366)


class Level(StrEnum):
    """Who decides the value, and the folder its file lies in."""

    NATIONAL = "national"
    MUNICIPAL = "municipal"


@dataclass(frozen=True, slots=True)
class KnownParameter:
    """One parameter the rules look up. `needs_decision`: each value names who decided it and where (R180)."""

    unit: str
    form: Form
    level: Level = Level.MUNICIPAL
    needs_decision: bool = False


SCHEMA: dict[str, KnownParameter] = {
    "calendar.non_banking_days": KnownParameter(
        "kinds of day", Words(("saturday", "sunday", "public", "de_facto")), Level.NATIONAL
    ),
    "payment.model": KnownParameter("model", Choice(("performed", "granted")), needs_decision=True),
    "price_decision": KnownParameter("decision", Text(), needs_decision=True),
    "insats.class": KnownParameter("class per intervention", InterventionTable()),
    "round.hours_decimals": KnownParameter("decimals", DECIMALS),
    "round.hours_mode": KnownParameter("mode", MODES),
    "round.line_decimals": KnownParameter("decimals", DECIMALS),
    "round.line_mode": KnownParameter("mode", MODES),
    "round.total": KnownParameter("unit of total", Choice(("ore",), ("krona",))),
    "absence.method": KnownParameter("method", Choice(("daily",), ("planned_visits",))),
    "absence.first_day": KnownParameter("paid or not", PAID_OR_NOT),
    "absence.last_day": KnownParameter("paid or not", PAID_OR_NOT),
    "gp_bonus.hours": KnownParameter("hours", DecimalNumber(Decimal(0), Decimal(100))),
    "gp_bonus.scope": KnownParameter("scope", Choice(("provider", "municipality"))),
    "gp_bonus.reset_months": KnownParameter("months", WholeNumber(0, 1200, frozenset({0}))),
    "cap.period": KnownParameter("period", Choice(("month",), ("week", "occasion"))),
    "deduction.when": KnownParameter("missing rights", Choice(("either", "both"))),
    "rural.source": KnownParameter("source", Choice(("manual",), ("postcode", "polygon"))),
    "pay.day": KnownParameter("day of month", WholeNumber(1, 28)),
    "pay.shift": KnownParameter("direction", Choice(("next", "previous", "none"))),
    "visit.double_sum": KnownParameter("yes or no", YesNo()),
    "visit.count": KnownParameter("count", Choice(("once", "per_employee"))),
    "bom.pay_percent": KnownParameter("percent", WholeNumber(0, 100, frozenset({0}))),
    "manual_both.policy": KnownParameter("policy", Choice(("approve", "refuse", "accept"))),
    "frame_time.grant_rounding": KnownParameter("mode", MODES),
    "ramtid.carry_over": KnownParameter("carried over", Choice(("none",), ("months",))),
    "kringtid.included": KnownParameter("included per intervention", SurroundingTimeTable()),
    "review.percent": KnownParameter("percent of granted", WholeNumber(1, 100)),
    "review.min_hours": KnownParameter("hours per month", DecimalNumber(Decimal(0), Decimal(100))),
    "review.months": KnownParameter("calendar months in a row", WholeNumber(1, 12)),
    "frame_time.standard_times": KnownParameter("minutes per occasion", StandardTimesTable()),
    "frame_time.alone_visit_minutes": KnownParameter("minutes per occasion", WholeNumber(0, 60)),
    "frame_time.weeks_per_month": KnownParameter(
        "weeks per month", Choice(("52/12", "365/84", "4.33", "4.35"))
    ),
    "decision.model": KnownParameter("model", Choice(("time_key", "frame_time")), needs_decision=True),
    "hemgangsteam.minutes_per_week": KnownParameter("minutes per week", WholeNumber(1, 10_080)),
    "calendar.working_day": KnownParameter("kinds of day", WorkingDays()),
    "phone_rule.time": KnownParameter("clock time", ClockTime()),
    "phone_rule.scope": KnownParameter("days", Choice(("same_next", "same"))),
    "phone_rule.days_off": KnownParameter("days off", Choice(("all_day", "by_time"))),
    "phone_rule.unit_from": KnownParameter("clock time", ClockTime()),
    "phone_rule.unit_until": KnownParameter("clock time", ClockTime()),
    "phone_rule.unit_until_summer": KnownParameter("clock time", ClockTime()),
    "phone_rule.summer_months": KnownParameter("months", MONTH_WORDS),
    "jour.until": KnownParameter("clock time", ClockTime()),
    "jour.shift_start": KnownParameter("clock time", ClockTime()),
    "jour.shift_start_summer": KnownParameter("clock time", ClockTime()),
    "jour.shift_end": KnownParameter("clock time", ClockTime()),
    "urgent_short.days": KnownParameter("days", WholeNumber(0, 30)),
    "urgent_short.late_rule": KnownParameter("rule", Choice(("day4", "report_day"))),
    "lock.day": KnownParameter("day of month", WholeNumber(1, 28)),
    "lock.inclusive": KnownParameter("yes or no", YesNo()),
    "lock.shift": KnownParameter("direction", Choice(("none", "next_working"))),
    "hgt.simple_days": KnownParameter("working days", WholeNumber(0, 30)),
    "hgt.ordinary_hours": KnownParameter("hours", HOURS),
    "accept.hours": KnownParameter("hours", HOURS),
    "accept.warn_hours": KnownParameter("hours", HOURS),
    "uppdrag.refuse": KnownParameter("policy", Choice(("capacity", "never", "free"))),
    "home_visit.warn_days": KnownParameter("days", DAYS),
    "home_visit.late_days": KnownParameter("days", WholeNumber(1, 366)),
    "provider_change.months": KnownParameter("months", WholeNumber(0, 12)),
    "provider_change.warn_days": KnownParameter("days", DAYS),
    "provider_change.cutoff_day": KnownParameter("day of month, 0 for none", WholeNumber(0, 28)),
    "decision_end.warn_days": KnownParameter("days", DAYS),
    "hours.profiles": KnownParameter("opening hours", HoursProfilesTable()),
    "insats.personal_care": KnownParameter("interventions", Words(tuple(INTERVENTIONS))),
    "goal.stock_phrases": KnownParameter("phrases", Phrases()),
    "order.how_words": KnownParameter("phrases", Phrases()),
    "consent.general_phrases": KnownParameter("phrases", Phrases()),
    "nodoppning.hours": KnownParameter("hours", WholeNumber(1, 72)),
    "contacts.confirm_months": KnownParameter("months", WholeNumber(1, 60)),
}
