"""Which figures stand on each role's first screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.access.roles import Role
from hemmavid.interfaces.office import charts, places
from hemmavid.interfaces.office.parts import KeyFigure, ScreenTable
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.interfaces.office.start import cards, money_cards
from hemmavid.lib import clock
from hemmavid.lib.periods import Month
from hemmavid.orders.client_orders import WaitingGrant, not_in_effect
from hemmavid.reports.overview import MonthOverview, month_overview, recent_weeks
from hemmavid.reports.tables import ReportTable

WAITING_SHOWN = 10
MUNICIPAL = frozenset({Role.CASE_OFFICER, Role.FIRST_CASE_OFFICER, Role.AUTHORITY_MANAGER})


@dataclass(frozen=True, slots=True)
class WeekChart:
    """The weeks' finding, drawing and table."""

    title: str
    graphic: str
    table: ReportTable


@dataclass(frozen=True, slots=True)
class Screen:
    """The first screen. Parts without content are left out."""

    figures: Sequence[KeyFigure]
    chart: WeekChart | None = None
    providers: ScreenTable | None = None
    sentences: Sequence[str] = ()
    change_heading: str = ""
    waiting: Sequence[WaitingGrant] = field(default_factory=list)
    waiting_more: int = 0


def is_on_call(by: Actor) -> bool:
    """Whether the person works on call and nowhere else; with another role that role's screen is wider."""
    return by.roles == {Role.ON_CALL_SUPERVISOR}


def screen_of(request: OfficeRequest) -> Screen:
    """The screen of the person's role; the widest one when there are several."""
    roles = request.actor.roles
    if Role.CONTROLLER in roles:
        return _controller(request)
    if roles & MUNICIPAL:
        return _municipal(request)
    if request.actor.may(Permission.CLIENT_READ):
        return _unit(request)
    return Screen(cards.status_cards(by=request.actor))


def _unit(request: OfficeRequest) -> Screen:
    """Enhetschef and samordnare: the unit's month, and who needs an eye. Kronor only with the right."""
    by, day = request.actor, clock.local_day(request.now)
    calendar = places.calendar(at=request.now, by=by)
    overview = month_overview(_month_of(calendar), by=by)
    figures = [
        cards.hours_card(overview),
        cards.approval_card(overview.month, by=by),
        cards.wrong_card(overview),
        cards.away_card(day, by=by),
    ]
    if by.may(Permission.KRONOR_READ):
        money = money_cards.latest_money(request, calendar)
        figures.append(money_cards.money_card(money))
        return Screen(figures, _weeks(day, overview, by), None, money.sentences, money.change_heading)
    figures.append(cards.waiting_card(not_in_effect(on=day, by=by)))
    return Screen(figures, _weeks(day, overview, by))


def _municipal(request: OfficeRequest) -> Screen:
    """Biståndshandläggare and enhetschef myndighet: decisions that wait, and time nobody uses."""
    by, day = request.actor, clock.local_day(request.now)
    calendar = places.calendar(at=request.now, by=by)
    last = month_overview(calendar.last_whole, by=by)
    waiting = not_in_effect(on=day, by=by)
    figures = [
        cards.waiting_card(waiting),
        cards.unused_card(last),
        cards.wrong_card(last),
        cards.away_card(day, by=by),
    ]
    money = money_cards.latest_money(request, calendar) if by.may(Permission.KRONOR_READ) else None
    figures.append(money_cards.money_card(money) if money else cards.hours_card(last))
    return Screen(
        figures,
        _weeks(day, last, by),
        None,
        money.sentences if money else (),
        money.change_heading if money else "",
        waiting[:WAITING_SHOWN],
        max(len(waiting) - WAITING_SHOWN, 0),
    )


def _controller(request: OfficeRequest) -> Screen:
    """Controller: each provider against the month before, and when it is paid."""
    by = request.actor
    calendar = places.calendar(at=request.now, by=by)
    overview = month_overview(calendar.last_whole, by=by)
    money = money_cards.latest_money(request, calendar)
    figures = [
        money_cards.money_card(money),
        money_cards.change_card(money),
        money_cards.forecast_card(money),
        money_cards.payment_card(money),
        cards.wrong_card(overview),
    ]
    providers = money_cards.provider_screen(money, calendar.last_whole)
    return Screen(figures, None, providers, money.sentences, money.change_heading)


def _weeks(day: date, overview: MonthOverview, by: Actor) -> WeekChart:
    weeks = [
        charts.Week(str(week.week), week.granted, week.performed) for week in recent_weeks(until=day, by=by)
    ]
    as_of = overview.as_of or overview.month.instants()[0]
    return WeekChart(
        charts.weeks_finding(weeks),
        charts.granted_and_performed(weeks, name="veckorna"),
        charts.weeks_table(weeks, as_of=as_of),
    )


def _month_of(calendar: places.Calendar) -> Month:
    """The running month when it has visits, else the newest that has."""
    return min(calendar.running, calendar.last)
