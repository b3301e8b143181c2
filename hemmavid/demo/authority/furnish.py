"""Furnishes the demo with the authority's side: in batches, so that memory holds one, the same for a seed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from uuid import UUID, uuid4

from hemmavid.access.actors import SYSTEM
from hemmavid.access.scope import scoped
from hemmavid.cases.models import Case, DecisionStatus
from hemmavid.cases.models.decision import Kind
from hemmavid.demo.authority.card_rows import write_card
from hemmavid.demo.authority.case_rows import changes_of, close_case, open_case
from hemmavid.demo.authority.decision_rows import Made, decide
from hemmavid.demo.authority.earlier_rows import decide_earlier, has_earlier
from hemmavid.demo.authority.journal_rows import write_journals
from hemmavid.demo.authority.life import life_of
from hemmavid.demo.authority.order_rows import order_all
from hemmavid.demo.authority.plans import decisions_of
from hemmavid.demo.authority.rows import Rows, next_numbers
from hemmavid.demo.authority.scenes.play import play_all
from hemmavid.demo.authority.town import ClientFile, Town
from hemmavid.demo.care import CareRecord
from hemmavid.demo.chance import stream
from hemmavid.demo.clients import client_records
from hemmavid.demo.names import origin_of
from hemmavid.demo.officers import owner_name
from hemmavid.demo.window import Window
from hemmavid.lib.periods import ONE_DAY
from hemmavid.orders.models import Order, OrderStatus
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.people.models import Client

Progress = Callable[[str, int, int], None]

STAGE = "Ärenden och uppdrag"
CLIENTS_A_BATCH = 100
CLOSED_AFTER_DAYS = 9


def furnish(*, clients: int, months: int, seed: int, until: date, progress: Progress) -> int:
    """Make a case with all that belongs to it for every client of the demo; how many rows were stored.

    Reads the grants as they were imported and links them to their orders; changes nothing else of them.
    """
    window = Window(until, months)
    rows, stored, done = Rows(), 0, 0
    with scoped(SYSTEM):
        town = Town(seed, window, parameters_in_use())
    for batch in _batches(client_records(seed, clients, window)):
        with scoped(SYSTEM):
            _fill(town, rows, batch)
            stored += rows.store()
        done += len(batch)
        progress(STAGE, done, clients)
    with scoped(SYSTEM):
        play_all(town)
    return stored


def _batches(records: Iterator[CareRecord]) -> Iterator[list[CareRecord]]:
    while batch := list(islice(records, CLIENTS_A_BATCH)):
        yield batch


def _fill(town: Town, rows: Rows, batch: list[CareRecord]) -> None:
    codes = [record.person.code for record in batch]
    ids: dict[str, UUID] = dict(Client.objects.filter(code__in=codes).values_list("code", "pk"))
    files = [_file(town, rows, record, ids[record.person.code]) for record in batch if record.grants]
    decisions = sum(len(file.decisions) + has_earlier(file) for file in files)
    orders = sum(len(one.orders) for file in files for one in file.decisions)
    case_numbers = iter(next_numbers("cases_case_number", len(files)))
    decision_numbers = iter(next_numbers("cases_decision_number", decisions))
    order_numbers = iter(next_numbers("orders_order_number", orders))
    for file in files:
        _write(file, next(case_numbers), decision_numbers, order_numbers)


def _file(town: Town, rows: Rows, record: CareRecord, client_id: UUID) -> ClientFile:
    person, unit = record.person, record.grants[-1].unit
    home = next((grant.unit for grant in reversed(record.grants) if grant.unit in town.homes), unit)
    rng = stream(town.seed, "authority", person.number, "life")
    return ClientFile(
        town=town,
        rows=rows,
        record=record,
        client_id=client_id,
        life=life_of(person.given_name, origin_of(person.given_name), rng),
        officer=town.person(owner_name(home, person.number)),
        decisions=decisions_of(record, town.until),
        case_id=uuid4(),
    )


def _write(file: ClientFile, number: int, decisions: Iterator[int], orders: Iterator[int]) -> None:
    earlier = decide_earlier(file, next(decisions)) if has_earlier(file) else None
    case = open_case(file, number, earlier.period.lower if earlier else file.decisions[0].starts_on)
    made: list[Made] = []
    ordered: list[Order] = []
    for place in range(len(file.decisions)):
        one = decide(file, place, next(decisions), case.opened_on)
        if file.decisions[place].kind != Kind.URGENT_LASTING:
            one.decision.replaces = made[-1].decision if made else earlier
        made.append(one)
        ordered += order_all(file, one, orders, ordered)
    write_card(file, made[0], ordered)
    write_journals(file, made, ordered)
    _close(case, file, made, ordered)
    file.rows.add(case, *changes_of(case, file))


def _close(case: Case, file: ClientFile, made: Iterable[Made], ordered: list[Order]) -> None:
    """A case with nothing running is closed some days after the last of it."""
    if any(order.status != OrderStatus.ENDED for order in ordered):
        return
    last = max(order.ends_on or file.town.until for order in ordered)
    for one in made:
        one.decision.status = DecisionStatus.ENDED
    if last + CLOSED_AFTER_DAYS * ONE_DAY <= file.town.until:
        close_case(case, file, last + CLOSED_AFTER_DAYS * ONE_DAY)
