"""Puts the question of a golden case to the rules and writes the answer as the case writes it.

A case with `question` has the facts of the question, and in `answer` what is expected of it (the rest is
not asked). Days are dates, moments are what the wall clock shows, periods are inclusive.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from hemmavid.lib.clock import STOCKHOLM, local
from hemmavid.lib.periods import Period
from hemmavid.rules import (
    case_clocks,
    handover,
    on_call_grant,
    opening_hours,
    order_answer,
    order_call,
    period_lock,
    provider_choice,
    urgent_need,
    working_days,
)
from hemmavid.rules.decision_needed import Change, what_is_needed
from hemmavid.rules.explanation import Step
from hemmavid.rules.life_areas import LifeArea
from hemmavid.rules.parameter_files import ParameterSet
from tests.rules.golden_month import Row, parameters_of

Answer = tuple[Row, Step | None]


def answer_of(case: Row) -> Answer:
    """The answer of the rules to the question of the case, and its explanation where it has one."""
    return QUESTIONS[case["question"]](case, parameters_of(case))


def instant(moment: datetime) -> datetime:
    """What the wall clock shows, as an instant; a moment with an offset is one already."""
    return moment if moment.tzinfo else moment.replace(tzinfo=STOCKHOLM)


def shown(moment: datetime | None) -> datetime | str:
    """An instant as the wall clock shows it; empty for none."""
    return "" if moment is None else local(moment).replace(tzinfo=None)


def clock(at: time | None) -> str:
    return "" if at is None else f"{at:%H:%M}"


def working_day(case: Row, parameters: ParameterSet) -> Answer:
    day: date = case["day"]
    count = case.get("count", 0)
    found = {
        "is_working_day": working_days.is_working_day(day, parameters=parameters),
        "next": working_days.next_working_day(day, parameters=parameters),
        "after": working_days.add_working_days(day, count, parameters=parameters),
        "before": working_days.working_days_before(day, count, parameters=parameters),
    }
    if "until" in case:
        found["left"] = working_days.working_days_left(day, case["until"], parameters=parameters)
    return found, None


def order_sent(case: Row, parameters: ParameterSet) -> Answer:
    sent_at = instant(case["sent"])
    call = order_call.call_before_start(sent_at=sent_at, starts_on=case["starts"], parameters=parameters)
    return {"call": call.is_required, "whom": str(call.whom), "until": clock(call.until)}, call.explanation


def whom(case: Row, parameters: ParameterSet) -> Answer:
    found = order_call.whom_to_call(instant(case["at"]), parameters=parameters)
    return {"whom": str(found.whom), "until": clock(found.until)}, found.explanation


def paid_from(case: Row, parameters: ParameterSet) -> Answer:
    start = urgent_need.pay_start(
        kind=urgent_need.NeedKind(case["kind"]),
        begun_on=case.get("begun"),
        reported_on=case.get("reported"),
        decided_start=case.get("decided_start"),
        parameters=parameters,
    )
    return {"paid_from": start.starts_on}, start.explanation


def report(case: Row, parameters: ParameterSet) -> Answer:
    kind = urgent_need.NeedKind(case["kind"])
    due = urgent_need.report_due(kind, case["begun"], parameters=parameters)
    return {"due": due.due_on or ""}, due.explanation


def on_call(case: Row, parameters: ParameterSet) -> Answer:
    granted_at = instant(case["granted"])
    shift = on_call_grant.shift_of(granted_at, parameters=parameters)
    limit = on_call_grant.limit_of_grant(granted_at=granted_at, parameters=parameters)
    found: Row = {"is_on_call": shift is not None}
    if shift is not None and limit is not None:
        found |= {"shift_from": shown(shift.started_at), "shift_to": shown(shift.ends_at)}
        found["latest_end"] = shown(limit.ends_at)
        if "ends" in case:
            found["is_within"] = on_call_grant.is_within(instant(case["ends"]), limit)
    return found, None if limit is None else limit.explanation


def lock(case: Row, parameters: ParameterSet) -> Answer:
    at = instant(case["registered"])
    found = period_lock.is_locked(affects_on=case["affects"], registered_at=at, parameters=parameters)
    answer: Row = {"is_late": found.is_late, "last_day": found.last_day, "month": str(found.month)}
    if "affects_to" in case:
        affects = Period.from_inclusive(case["affects"], case["affects_to"] or None)
        locks = period_lock.locked_months(affects=affects, registered_at=at, parameters=parameters)
        answer["locked"] = [str(each.month) for each in locks]
    return answer, found.explanation


def handed_over(case: Row, parameters: ParameterSet) -> Answer:
    notice = handover.handover_notice(
        kind=handover.HandoverKind(case["kind"]),
        told_at=instant(case["told"]),
        handover_on=case.get("handover_on"),
        handover_at=instant(case["handover_at"]) if "handover_at" in case else None,
        parameters=parameters,
    )
    fault = handover.fault_of(notice, first_case_officer=case.get("first_case_officer", ""))
    answer = {
        "is_in_time": notice.is_in_time,
        "latest_on": notice.latest_on,
        "latest_at": shown(notice.latest_at),
        "fault": fault or "",
    }
    return answer, notice.explanation


def declined(case: Row, parameters: ParameterSet) -> Answer:
    stop = None
    if "stop_from" in case:
        stop = order_answer.CapacityStop(Period.from_inclusive(case["stop_from"], case.get("stop_to")))
    found = order_answer.may_decline(stop=stop, on=case["on"], parameters=parameters)
    return {"may_decline": found.is_allowed}, found.explanation


def unread(case: Row, parameters: ParameterSet) -> Answer:
    found = order_answer.unread_order(instant(case["sent"]), instant(case["at"]), parameters=parameters)
    return {"rings_at": shown(found.rings_at), "rings": found.is_late}, found.explanation


def new_client(case: Row, parameters: ParameterSet) -> Answer:
    found = case_clocks.new_client_clock(
        offered_at=instant(case["offered"]),
        at=instant(case["at"]),
        accepted_at=instant(case["accepted"]) if "accepted" in case else None,
        parameters=parameters,
    )
    answer = {"due": shown(found.due_at), "warn": shown(found.warn_at), "state": str(found.state)}
    return answer, found.explanation


def home_visit(case: Row, parameters: ParameterSet) -> Answer:
    return _clock(
        case_clocks.home_visit_clock(
            applied_on=case["applied"], on=case["on"], visited_on=case.get("visited"), parameters=parameters
        )
    )


def provider_change(case: Row, parameters: ParameterSet) -> Answer:
    return _clock(
        case_clocks.provider_change_clock(
            requested_on=case["requested"],
            on=case["on"],
            changed_on=case.get("changed"),
            parameters=parameters,
        )
    )


def decision_end(case: Row, parameters: ParameterSet) -> Answer:
    found = case_clocks.decision_end_clock(
        period=Period.from_inclusive(case["from"], case.get("to")),
        on=case["on"],
        renewed_on=case.get("renewed"),
        parameters=parameters,
    )
    return ({"has_clock": False}, None) if found is None else _clock(found)


def _clock(found: case_clocks.Clock) -> Answer:
    return {"due": found.due_on, "warn": found.warn_on, "state": str(found.state)}, found.explanation


def needed(case: Row, parameters: ParameterSet) -> Answer:
    found = what_is_needed(
        Change(case["change"]),
        granted_areas=[LifeArea(area) for area in case.get("granted", [])],
        area=LifeArea(case["area"]),
        has_need_changed=case.get("need_changed", False),
    )
    return {"step": str(found.step), "tell_provider": found.must_tell_provider}, found.explanation


def hours(case: Row, parameters: ParameterSet) -> Answer:
    profile, at = case["profile"], instant(case["at"])
    answer = {
        "is_open": opening_hours.is_open(profile, at, parameters=parameters),
        "opens": shown(opening_hours.next_opening(profile, at, parameters=parameters)),
        "closes": shown(opening_hours.next_closing(profile, at, parameters=parameters)),
    }
    return answer, None


def performer(case: Row, parameters: ParameterSet) -> Answer:
    assignments = [
        provider_choice.Assignment(row["provider"], row["starts"], row.get("receipted"), row.get("ends"))
        for row in case["assignments"]
    ]
    found = provider_choice.who_performs(case["day"], assignments)
    answer: Row = {"provider": found.provider or ""}
    if "gaps_until" in case:
        period = Period.from_inclusive(case["day"], case["gaps_until"])
        gaps = provider_choice.gaps_of(period, assignments)
        answer["gaps"] = [[gap.start, gap.last_day] for gap in gaps]
    return answer, found.explanation


def leader(case: Row, parameters: ParameterSet) -> Answer:
    orders = [
        provider_choice.ProviderOrder(row["provider"], row["starts"], row["interventions"])
        for row in case["orders"]
    ]
    found = provider_choice.lead_provider(
        orders, overruled_by=case.get("chosen", ""), on=date(2026, 11, 1), parameters=parameters
    )
    return {"provider": found.provider or ""}, found.explanation


QUESTIONS: dict[str, Callable[[Row, ParameterSet], Answer]] = {
    "arbetsdag": working_day,
    "uppdrag skickas": order_sent,
    "vem rings": whom,
    "ersätts från": paid_from,
    "anmäls senast": report,
    "jouren beviljar": on_call,
    "månadens lås": lock,
    "överlämning": handed_over,
    "får tacka nej": declined,
    "oläst uppdrag": unread,
    "ny brukare": new_client,
    "hembesök": home_visit,
    "byte av utförare": provider_change,
    "beslutet slutar": decision_end,
    "vad behövs": needed,
    "öppet": hours,
    "vem utför": performer,
    "huvudansvarig": leader,
}


def told(step: Step | None) -> str:
    """The whole explanation as one text with ordinary spaces."""
    sentences: list[Any] = [] if step is None else list(step.because())
    return "\n".join(sentences).replace("\N{NO-BREAK SPACE}", " ")
