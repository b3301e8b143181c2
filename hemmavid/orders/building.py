"""Makes an order's content of what a decision grants: each recipient its own part (R142, R356-R361)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from hemmavid.cases.models.decision import Kind, Model
from hemmavid.cases.queries import OrderBasis, OrderedArea, OrderedNeed, OrderedOutside
from hemmavid.lib.periods import Period
from hemmavid.lib.swedish import care_time
from hemmavid.orders.content import AreaText, InterventionText, NeedText, OrderContent, Wanted
from hemmavid.orders.models import OrderKind
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.rules.granted_time import Per
from hemmavid.rules.interventions import FRAME_TIME
from hemmavid.rules.occasions import Occasions, OccasionsPer
from hemmavid.rules.outside_frame_time import OutsideRules, OutsideTime, PerOccasion, outside_time
from hemmavid.rules.prices import ProviderKind

OWN_PARTS = {
    OrderKind.DISCHARGE_TEAM: frozenset({"hemgangsteam"}),
    OrderKind.ALARM: frozenset({"trygghetslarm"}),
    OrderKind.NIGHT: frozenset({"natthjalp", "tillsyn_digital"}),
}
"""What goes to a recipient of its own; everything else is home care (R360)."""

_ELSEWHERE = frozenset().union(*OWN_PARTS.values())


def recipients_of(basis: OrderBasis) -> tuple[OrderKind, ...]:
    """The recipients that the decision calls for, each with an order of its own (R360)."""
    codes = {one.code for one in basis.outside}
    rest = OrderKind.ON_CALL if basis.kind is Kind.ON_CALL else OrderKind.HOME_CARE
    found = [kind for kind, own in OWN_PARTS.items() if codes & own]
    has_rest = bool(basis.frame_time_spans or codes - _ELSEWHERE or any(area.needs for area in basis.areas))
    return (rest, *found) if has_rest else tuple(found)


def content_of(basis: OrderBasis, kind: OrderKind, *, from_day: date, other: str) -> OrderContent:
    """The part of the decision that goes to the recipient, from the day on, with what stands under övrigt."""
    period = basis.period.overlap(Period(from_day)) or basis.period
    is_whole = kind not in OWN_PARTS
    areas = tuple(area for area in basis.areas if is_whole or _part_of(area.outside, kind))
    outside = [one for area in areas for one in _part_of(area.outside, kind)]
    granted = [*outside, *_part_of(basis.outside_ahead, kind)]
    return OrderContent(
        decision_number=basis.decision_number,
        kind=kind.value,
        period=period,
        areas=tuple(_area_text(area, with_needs=is_whole) for area in areas),
        frame_minutes_per_week=_frame_minutes(basis, from_day) if is_whole else None,
        interventions=tuple(InterventionText(one.code, one.label, _outside_text(one)) for one in outside),
        other=other.strip(),
        grants=tuple(_grants(basis, granted, period, with_frame=is_whole)),
    )


def _part_of(outside: Iterable[OrderedOutside], kind: OrderKind) -> list[OrderedOutside]:
    own = OWN_PARTS.get(kind)
    return [one for one in outside if (one.code not in _ELSEWHERE if own is None else one.code in own)]


def _area_text(area: OrderedArea, *, with_needs: bool) -> AreaText:
    return AreaText(
        area=area.life_area.value,
        label=area.label,
        goal=area.goal,
        supports=area.supports if with_needs else (),
        needs=tuple(_need_text(need) for need in area.needs) if with_needs else (),
    )


def _need_text(need: OrderedNeed) -> NeedText:
    level = f", nivå {need.level}" if need.level else ""
    means = f" ({need.level_means})" if need.level_means else ""
    visit = f", {need.visit_label.lower()}" if need.visit_label else ""
    extent = f". {need.extent}" if need.extent else ""
    text = f"{need.label}{level}{means}: {need.occasions}{visit}{extent}"
    return NeedText(f"{need.code}:{need.visit or need.level or ''}", text)


def _outside_text(one: OrderedOutside) -> str:
    if one.per is None:
        days = ", ".join(day.isoformat() for day in one.days)
        return f"{one.label}: {care_time(one.minutes)} per tillfälle, {days}"
    surrounding = {True: ", kringtid ingår", False: ", kringtid ingår inte", None: ""}
    included = surrounding[one.includes_surrounding_time]
    return f"{one.label}: {care_time(one.minutes)} {one.occasions}{included}"


def _frame_minutes(basis: OrderBasis, day: date) -> int | None:
    """Whole minutes a week from the day: of the span that holds then, or the next to begin."""
    ahead = [span for span in basis.frame_time_spans if span.period.end is None or span.period.end > day]
    return ahead[0].minutes_per_week if ahead else None


def _grants(
    basis: OrderBasis, outside: list[OrderedOutside], period: Period, *, with_frame: bool
) -> Iterator[Wanted]:
    if with_frame:
        for span in basis.frame_time_spans:
            within = span.period.overlap(period)
            if within is not None:
                yield Wanted(FRAME_TIME, span.minutes_per_week, Per.WEEK, within)
    rules = OutsideRules.for_day(period.start, parameters_in_use())
    for one in outside:
        within = period if one.period is None else one.period.overlap(period)
        if within is not None:
            yield from _granted(one, within, basis.model, rules)


def _granted(one: OrderedOutside, period: Period, model: Model, rules: OutsideRules) -> Iterator[Wanted]:
    """What it makes a grant over its own time."""
    if model is Model.TIME_KEY:
        yield _as_decided(one, period)
        return
    # The decision was tried against every rule of time outside frame time; here it is only counted.
    counted = outside_time(_as_time(one), ProviderKind.MUNICIPAL, rules)
    for facts in counted.grants(period, None):
        yield Wanted(one.code, facts.minutes, facts.per, facts.period)


def _as_decided(one: OrderedOutside, period: Period) -> Wanted:
    """An older decision's minutes go as they stand, also for what now lies within frame time (R130)."""
    if one.per is OccasionsPer.MONTH:
        return Wanted(one.code, one.minutes * one.count, Per.MONTH, period)
    weekly = Occasions(one.count, one.per or OccasionsPer.WEEK).per_week(Fraction(1)) * one.minutes
    return Wanted(one.code, max(1, round(weekly)), Per.WEEK, period)


def _as_time(one: OrderedOutside) -> OutsideTime:
    often = PerOccasion(one.days) if one.per is None else Occasions(one.count, one.per)
    return OutsideTime(one.code, one.minutes, often, one.includes_surrounding_time)
