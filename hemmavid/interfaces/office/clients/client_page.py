"""What the page about one client is drawn from: a few reads, each of its own room of the house."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.care_plans.client_plans import plans_of_client
from hemmavid.cases.queries.of_client import cases_of_client
from hemmavid.interfaces.office import charts
from hemmavid.interfaces.office.cards import card_page
from hemmavid.interfaces.office.clients import visit_span
from hemmavid.interfaces.office.counting_words import edge_days
from hemmavid.interfaces.office.journals import journal_page
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib import clock
from hemmavid.lib.periods import Month
from hemmavid.orders.client_orders import (
    ServiceOfClient,
    absences_of_client,
    grants_of_client,
    may_open_protected,
    service_of_client,
)
from hemmavid.orders.order_lists import Group, OrderFilter, OrderRow, order_list
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.people.break_glass import opening_of
from hemmavid.people.queries import HeadView, client_head
from hemmavid.reports.hours_statement import hours_statement
from hemmavid.reports.look_log import LookFilter, last_days, looks
from hemmavid.reports.weekly_hours import weekly_hours
from hemmavid.visits.client_visits import VisitSpan, newest_visit_day, visits_of_client

WEEKS_SHOWN = 13
LOOKS_SHOWN, LOOK_DAYS = 10, 90
ORDERS_SHOWN = 20


def values(request: OfficeRequest, client_id: UUID, *, opens_protected: bool = False) -> dict[str, object]:
    """Everything the template needs. `Client.DoesNotExist` outside the person's area."""
    by, day = request.actor, clock.local_day(request.now)
    grants = grants_of_client(client_id, on=day, by=by)
    service = service_of_client(client_id, grants, on=day, by=by)
    head = client_head(client_id, _view_of(service, opens_protected=opens_protected), on=day, by=by)
    newest = newest_visit_day(client_id, by=by)
    span = visit_span.asked(request, newest or day)
    wanted = VisitSpan(client_id, span.period)
    parameters = parameters_in_use()
    visits = visits_of_client(wanted, by=by, parameters=parameters, deceased_on=head.deceased_on)
    until = None if service.head.serves else service.head.until
    absences = absences_of_client(client_id, on=day, by=by, until=until)
    return {
        "head": head,
        "opening": opening_of(client_id, by=by, at=request.now) if client_id in by.opened else None,
        "may_grant": by.may(Permission.ON_CALL_GRANT),
        "may_message": by.may(Permission.MESSAGE_READ),
        **_cases(client_id, by),
        "card_block": card_page.block(client_id, head, service, by=by),
        "orders_block": _orders(request, client_id),
        "journal_block": journal_page.block(client_id, {row.unit_id for row in grants}, by=by),
        "units": service.units,
        "serves": service.head.serves,
        "may_open": may_open_protected(service, by=by) and not opens_protected,
        "is_away": next((row for row in absences if row.is_now), None),
        "grants": grants,
        "absences": absences,
        "edge_days": edge_days(Month.of(day), parameters),
        "plans": plans_of_client(client_id, by=by),
        "span": span,
        "visits": visits,
        "sections": _sections(by),
        "looks": _looks(client_id, day, by),
        **_frame_time(client_id, newest or day, by),
    }


def _cases(client_id: UUID, by: Actor) -> dict[str, object]:
    """The client's cases, None without the right to them; and whether the person may open one now."""
    cases = cases_of_client(client_id, by=by)
    has_open = any(one.is_open for one in cases or [])
    return {"cases": cases, "may_open_case": by.may(Permission.CASE_WRITE) and not has_open}


def _orders(request: OfficeRequest, client_id: UUID) -> list[OrderRow] | None:
    """The client's orders that the person may see; None without the right to orders. One query or two."""
    if not request.actor.may(Permission.ORDER_READ):
        return None
    wanted = OrderFilter(Group.ALL, client_id=client_id)
    return list(order_list(wanted, at=request.now, limit=ORDERS_SHOWN, by=request.actor).rows)


def _view_of(service: ServiceOfClient, *, opens_protected: bool) -> HeadView:
    head = service.head
    return HeadView(head.serves, head.until, opens_protected=opens_protected)


def _frame_time(client_id: UUID, newest: date, by: Actor) -> dict[str, object]:
    """Granted and performed in the month of the newest visit, and the whole weeks before it."""
    statement = hours_statement(month=Month.of(newest), by=by, client_id=client_id)
    total = statement.total
    weeks = [
        charts.Week(str(week.week), week.granted, week.performed)
        for week in weekly_hours(until=newest, by=by, client_id=client_id)
    ]
    return {
        "month": statement.month,
        "total": total,
        "as_of": statement.as_of,
        "bullet": charts.bullet(total.granted_lov_hours, total.performed_hours),
        "weeks_title": charts.weeks_finding(weeks),
        "weeks_chart": charts.granted_and_performed(weeks, name="brukarens-veckor"),
        "weeks_table": charts.weeks_table(weeks, as_of=statement.as_of or statement.month.instants()[0]),
    }


def _looks(client_id: UUID, day: date, by: Actor) -> object:
    if not by.may(Permission.LOG_READ):
        return None
    wanted = LookFilter(last_days(LOOK_DAYS, until=day), client_id=client_id)
    return looks(wanted, limit=LOOKS_SHOWN, by=by)


def _sections(by: Actor) -> dict[str, str]:
    """The page's own contents, in order; a section without right is not there."""
    found = {"personkort": "Personkort"} if by.may(Permission.ORDER_READ) else {}
    found |= {"ramtid": "Beviljat och utfört", "beslut": "Beslut och insatser"}
    found |= {"uppdrag": "Uppdrag"} if by.may(Permission.ORDER_READ) else {}
    found |= {
        "uppehall": "Uppehåll",
        "besok": "Besök",
        "planer": "Genomförandeplaner",
    }
    if journal_page.may_read(by):
        found["journal"] = "Journal"
    if by.may(Permission.LOG_READ):
        found["last"] = "Vem har läst"
    return found
