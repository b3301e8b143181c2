"""Granted against performed time, week by week, for a chart and its table (R201)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from uuid import UUID

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.lib.hours import as_decimal, hours_from_seconds
from hemmavid.lib.periods import Period
from hemmavid.lib.rounding import HALF_UP
from hemmavid.orders.queries import GrantOfUnit, absences_in, grants_in
from hemmavid.organisations.queries import parameters_in_use, units_by_id
from hemmavid.organisations.selection import Selection
from hemmavid.rules.absence import AbsencePolicy, Span, absent_spans, days_within
from hemmavid.rules.granted_time import parts_an_hour
from hemmavid.rules.parameter_files import ParameterSet
from hemmavid.rules.visit_counting import VisitPolicies
from hemmavid.settlement.month import clients_of, selection_of
from hemmavid.visits.queries import weekly_time

ONE_WEEK = timedelta(weeks=1)
WEEKS = 13


@dataclass(frozen=True, slots=True)
class WeekHours:
    """One ISO week. `granted` is granted time less absence (Beviljad tid LOV), `performed` counted visits."""

    monday: date
    granted: Decimal
    performed: Decimal

    @property
    def year(self) -> int:
        """The year the ISO week belongs to."""
        return self.monday.isocalendar().year

    @property
    def week(self) -> int:
        """The ISO week's number."""
        return self.monday.isocalendar().week


def weekly_hours(
    *,
    until: date,
    by: Actor,
    weeks: int = WEEKS,
    unit_id: UUID | None = None,
    client_id: UUID | None = None,
) -> list[WeekHours]:
    """The last whole weeks before the one `until` belongs to, oldest first; each figure rounded once.

    Everything within LOV; a monthly grant gives each day its month's share. Five queries, one more for
    each change of the rules for what counts. Raises Denied without the right to hours anywhere.
    """
    require(by, Permission.HOURS_READ)
    selection = selection_of(
        units_by_id(), by=by, permission=Permission.HOURS_READ, unit_id=unit_id, client_id=client_id
    )
    end = until - timedelta(days=until.weekday())
    span = Period(end - weeks * ONE_WEEK, end)
    parameters = parameters_in_use()
    granted = _granted(span, by, selection, parameters)
    performed = _performed(span, by, selection, parameters)
    mondays = [span.start + number * ONE_WEEK for number in range(weeks)]
    return [_week(monday, granted.get(monday, Fraction(0)), performed.get(monday)) for monday in mondays]


def _week(monday: date, granted: Fraction, performed: timedelta | None) -> WeekHours:
    hundredths = HALF_UP.hundredths(granted.numerator, granted.denominator)
    done = performed or timedelta()
    seconds = Decimal(done // timedelta(microseconds=1)).scaleb(-6)
    return WeekHours(monday, as_decimal(hundredths), hours_from_seconds(seconds))


@dataclass(frozen=True, slots=True)
class _Piece:
    """The days of a week that lie in one month."""

    monday: date
    span: Span
    days_in_month: int
    policy: AbsencePolicy


def _pieces(span: Period, parameters: ParameterSet) -> Iterator[_Piece]:
    for month in span.months():
        policy = AbsencePolicy.for_month(month, parameters)
        within = month.period.overlap(span)
        day = within.start if within else month.period.start
        while within and within.contains(day):
            monday = day - timedelta(days=day.weekday())
            week = Period(monday, monday + ONE_WEEK).overlap(within)
            if week is None or week.end is None:
                break
            yield _Piece(monday, (day.toordinal(), week.end.toordinal()), month.days, policy)
            day = week.end


def _granted(span: Period, by: Actor, selection: Selection, parameters: ParameterSet) -> dict[date, Fraction]:
    grants = grants_in(span, by=by, selection=selection)
    absences = absences_in(span, by=by, selection=selection)
    deaths = {
        client.client_id: client.deceased_on
        for client in clients_of(selection, by=by).values()
        if client.deceased_on is not None
    }
    parts: defaultdict[tuple[date, int], int] = defaultdict(int)
    for piece in _pieces(span, parameters):
        away = {client_id: absent_spans(own, piece.policy) for client_id, own in absences.items()}
        parts[piece.monday, piece.days_in_month] += _parts(piece, grants, away, deaths)
    found: defaultdict[date, Fraction] = defaultdict(Fraction)
    for (monday, days), share in parts.items():
        found[monday] += Fraction(share, parts_an_hour(days))
    return dict(found)


def _parts(
    piece: _Piece,
    grants: Iterable[GrantOfUnit],
    away: Mapping[UUID, tuple[Span, ...]],
    deaths: Mapping[UUID, date],
) -> int:
    total = 0
    for grant in grants:
        covered = grant.facts.days_in(piece.span, deaths.get(grant.client_id))
        if covered is not None:
            days = covered[1] - covered[0] - days_within(away.get(grant.client_id, ()), *covered)
            total += grant.facts.share(days, piece.days_in_month)
    return total


def _performed(
    span: Period, by: Actor, selection: Selection, parameters: ParameterSet
) -> dict[date, timedelta]:
    """What counts is decided by each month's rules; months with the same rules are asked for at once."""
    found: defaultdict[date, timedelta] = defaultdict(timedelta)
    months = [month for month in span.months() if month.period.overlap(span)]
    for policies, alike in groupby(months, lambda month: VisitPolicies.for_month(month, parameters)):
        same = list(alike)
        whole = Period(same[0].first_day, same[-1].period.end).overlap(span)
        if whole is not None:
            for monday, time in weekly_time(whole, policies=policies, by=by, selection=selection).items():
                found[monday] += time
    return dict(found)
