"""A town where every word can be traced: whose it is, and so who must never read it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.access.actors import SYSTEM
from hemmavid.audit.operations import record_data_change
from hemmavid.journals.operations import NewEntry, write_entry
from hemmavid.messages.models import ThreadKind
from hemmavid.messages.operations import NewThread, Side, open_thread
from hemmavid.orders.operations import clarifying
from hemmavid.organisations.models import Unit
from hemmavid.people.models import Client
from tests.factories import (
    AbsenceFactory,
    ApprovedPlanFactory,
    CapacityStopFactory,
    ClientCardFactory,
    ClientCardVersionFactory,
    ClientFactory,
    ContactFactory,
    EndingFactory,
    GrantFactory,
    HandoverItemFactory,
    InquiryFactory,
    OrderFactory,
    OrderVersionFactory,
    PriceFactory,
    ProviderChangeFactory,
    ProviderFactory,
    RuralMarkFactory,
    StaffFactory,
    UnitFactory,
    VisitFactory,
)
from tests.factories.ordering import content_of_order
from tests.interfaces.office.leaks.answers import bare

NOW = datetime(2022, 12, 5, 9, 0, tzinfo=UTC)
YEAR = DateRange(date(2022, 1, 1), None)
UNTIL_MID_MONTH = DateRange(date(2022, 1, 1), date(2022, 11, 16))
FROM_MID_MONTH = DateRange(date(2022, 11, 16), None)
FIRST_HALF, SECOND_HALF = datetime(2022, 11, 7, 7, tzinfo=UTC), datetime(2022, 11, 21, 7, tzinfo=UTC)
FIRST_VERSION, SECOND_VERSION = datetime(2022, 2, 1, 9, tzinfo=UTC), datetime(2022, 11, 25, 9, tzinfo=UTC)
UNITS = ("A1", "A2", "B1", "O1")


@dataclass
class Person:
    """A client with the words that tell who it is and where it lives."""

    client: Client
    units: frozenset[str]
    kin: str  # a word of the card that tells who it is
    left: frozenset[str] = frozenset()  # units whose time is over

    @property
    def identity(self) -> set[str]:
        about = self.client
        return {about.given_name, about.family_name, *self.numbers}

    @property
    def numbers(self) -> set[str]:
        number = self.client.personal_number
        return {number, number.replace("-", ""), number[2:]}

    @property
    def dwelling(self) -> set[str]:
        return {self.client.street, self.client.city, self.client.postcode} | (
            {self.kin} if self.kin else set()
        )

    @property
    def keys(self) -> set[str]:
        return {self.client.code, str(self.client.pk), self.client.pk.hex}


@dataclass
class Town:
    """Everybody and everything, and `told`: the words each unit's rows consist of."""

    units: dict[str, Unit]
    people: dict[str, Person] = field(default_factory=dict)
    told: dict[str, set[str]] = field(default_factory=lambda: {name: set() for name in UNITS})
    users: list[UUID] = field(default_factory=list)  # of the other providers
    order_things: dict[str, list[UUID]] = field(default_factory=dict)
    assignments: list[UUID] = field(default_factory=list)
    afterwards: dict[str, set[str]] = field(default_factory=lambda: {name: set() for name in UNITS})
    behind: set[str] = field(default_factory=set)  # words of the authority's own journal
    things: dict[str, list[UUID]] = field(
        default_factory=lambda: defaultdict(list)
    )  # ids, by name in addresses

    def hidden_from(self, *names: str) -> set[str]:
        """Every word that nobody of these units may be shown anywhere."""
        found: set[str] = set(self.behind)
        for person in self.people.values():
            serves_or_did = person.units & set(names)
            if not serves_or_did:
                found |= person.identity | person.dwelling | person.keys
            elif serves_or_did <= person.left:
                found |= person.dwelling
            if person.client.is_protected:
                found |= person.identity | person.dwelling
        for name in set(UNITS) - set(names):
            found |= self.told[name]
        for name in names:
            found |= self.afterwards[name]
        for own in names:
            found -= self.told[own]
        return {bare(word) for word in found}


def build() -> Town:
    """Providers A (two units), B and O with one client each, and clients they share. Call as the system."""
    PriceFactory(base_ore=487_31, rural_supplement_ore=23_17, deduction_ore=9_43)
    provider_a = ProviderFactory(code="PA", name="Alfaomsorgen AB")
    owners = {
        "A1": provider_a,
        "A2": provider_a,
        "B1": ProviderFactory(code="PBxq", name="Betaomsorgen AB"),
        "O1": ProviderFactory(code="POxq", name="Omegaomsorgen AB"),
    }
    units = {
        name: UnitFactory(code=f"E{name}xq", name=f"Enhet{name}lyckan", provider=owner)
        for name, owner in owners.items()
    }
    town = Town(units)
    for name in ("B1", "O1"):
        town.told[name] |= {owners[name].name, owners[name].code}
    for name, unit in units.items():
        contact = ContactFactory(of_unit=True, unit=unit, name=f"Telefon{name}xq")
        town.things["contact_id"].append(contact.pk)
        town.told[name] |= {unit.name, unit.code, str(unit.pk), contact.name, str(contact.pk)}
        _person(town, f"bara{name}", {name: YEAR})
        _person(town, f"skydd{name}", {name: YEAR}, is_protected=True)
    _person(town, "delad", {"A1": YEAR, "B1": YEAR})
    _person(town, "flyttad", {"O1": UNTIL_MID_MONTH, "B1": FROM_MID_MONTH}, deceased_on=date(2022, 12, 3))
    _person(town, "kommen", {"B1": UNTIL_MID_MONTH, "A1": FROM_MID_MONTH})
    _person(town, "gömd", {"O1": UNTIL_MID_MONTH, "B1": FROM_MID_MONTH}, is_protected=True)
    _what_came_after(town)
    record_data_change(what="test", rows=1, at=datetime(2022, 12, 1, 5, 0, tzinfo=UTC))
    return town


def _person(town: Town, key: str, served: dict[str, DateRange], **about: object) -> None:
    number = len(town.people)
    client = ClientFactory(
        code=f"K{key}xq", given_name=f"Gi{key}", family_name=f"Fa{key}sson", street=f"{key}stigen 7",
        postcode=f"{key}post", city=f"{key}by", personal_number=_number(10 + number), **about,
    )  # fmt: skip
    RuralMarkFactory(client=client)
    over = frozenset(unit for unit, period in served.items() if period.upper)
    town.people[key] = Person(client, frozenset(served), f"Anhörig{key}xq", over)
    for unit, period in served.items():
        _service(town, key, client, unit, period)
        _talk(town, key, client, unit)
    _absences(town, key, client, served)
    _card(town, key, client, served)
    _authority(town, key, client)


def _service(town: Town, key: str, client: Client, name: str, period: DateRange) -> None:
    """Everything one unit does for one client, each row with words of its own."""
    unit, mark = town.units[name], f"{key}{name}"
    staff = StaffFactory(unit=unit, code=f"S{mark}xq", given_name=f"Sg{mark}", family_name=f"Sf{mark}sson")
    minutes = 170 + len(town.people) * 7
    grant = GrantFactory(client=client, unit=unit, period=period, code=f"G{mark}xq", minutes=minutes)
    later = GrantFactory(
        client=client, unit=unit, period=period, code=f"H{mark}xq", intervention="ledsagning", minutes=60
    )
    start = FIRST_HALF if period.lower < date(2022, 11, 16) else SECOND_HALF
    about = {"client": client, "unit": unit, "staff": staff, "started_at": start}
    visits = [
        VisitFactory(**about, code=f"V{mark}xq", minutes=30 + len(town.people)),
        VisitFactory(**about, code=f"W{mark}xq", intervention="morgonhjalp"),
        VisitFactory(**about, code=f"X{mark}xq", manual=True),
    ]
    _ordered(town, mark, client, name, period)
    plan = ApprovedPlanFactory(client=client, unit=unit, approved_on=start.date() + timedelta(days=2))
    rows = (staff, grant, later, *visits, plan)
    town.told[name] |= {staff.code, staff.given_name, staff.family_name, grant.code, later.code}
    town.told[name] |= {visit.code for visit in visits} | {str(row.pk) for row in rows}


def _ordered(town: Town, mark: str, client: Client, name: str, period: DateRange) -> None:
    """An order to the unit with words of its own, a question about it, and everything that can hang on it."""
    unit, words = town.units[name], f"Övrigt{mark}ord"
    over = {"status": "ended", "ends_on": period.upper} if period.upper else {"acknowledged": True}
    order = OrderFactory(client=client, unit=unit, code=f"U{mark}xq", starts_on=period.lower, **over)
    version = OrderVersionFactory(order=order, content=content_of_order(other=words), valid_from=period.lower)
    asked = f"Fråga{mark}ord"
    thread = clarifying.ask_about_order(order_id=order.pk, text=asked, by=SYSTEM, at=FIRST_HALF)
    change = ProviderChangeFactory(order=order, requested_by=f"Önskad{mark}av")
    hangs = {
        "order_id": order,
        "inquiry_id": InquiryFactory(unit=unit, area=f"Område{mark}by"),
        "stop_id": CapacityStopFactory(unit=unit, reason=f"Stopp{mark}ord", period=_a_day_of_its_own(town)),
        "ending_id": EndingFactory(order=order, text=f"Slut{mark}ord"),
        "change_id": change,
        "item_id": HandoverItemFactory(change=change, reason=f"Nyckel{mark}ord"),
    }
    for kind, row in hangs.items():
        town.order_things.setdefault(kind, []).append(row.pk)
    town.order_things.setdefault("matter_id", []).append(thread)
    mine = {f"Önskad{mark}av", f"Område{mark}by", f"Stopp{mark}ord", f"Slut{mark}ord", f"Nyckel{mark}ord"}
    town.told[name] |= mine | {order.code, words, asked, str(order.pk), str(version.pk), str(thread)}
    town.told[name] |= {str(row.pk) for row in hangs.values()}


def _a_day_of_its_own(town: Town) -> DateRange:
    """A unit has one stop at a time."""
    first = date(2021, 1, 1) + timedelta(days=len(town.order_things.get("stop_id", [])))
    return DateRange(first, first + timedelta(days=1))


def _card(town: Town, key: str, client: Client, served: dict[str, DateRange]) -> None:
    """Two versions of a card, each told to whoever served while it held."""
    card = ClientCardFactory(client=client, number=2)
    kin = {"relatives": [town.people[key].kin]}
    for number, made_at in enumerate((FIRST_VERSION, SECOND_VERSION), start=1):
        word = f"Kort{number}{key}xq"
        content = {"alerts": [word], **kin}
        version = ClientCardVersionFactory(card=card, number=number, content=content, made_at=made_at)
        town.things["version_id"].append(version.pk)
        last = SECOND_VERSION.date() if number == 1 else date(2023, 1, 1)
        for name, period in served.items():
            began_in_time = period.lower <= last
            lasted = period.upper is None or made_at.date() < period.upper
            if began_in_time and lasted:
                town.told[name].add(word)
            elif not lasted:
                town.afterwards[name].add(word)


def _talk(town: Town, key: str, client: Client, name: str) -> None:
    """A thread with the authority, an entry in the unit's journal and an error in the card, in own words."""
    unit, mark = town.units[name], f"{key}{name}"
    new = NewThread(
        client_id=client.pk, kind=ThreadKind.QUESTION, subject=f"Ämne{mark}xq", text=f"Fråga{mark}xq",
        sender=Side(unit.pk), receivers=(Side(),),
    )  # fmt: skip
    thread_id = open_thread(new, by=SYSTEM, at=FIRST_HALF)
    entry_id = write_entry(
        NewEntry(client.pk, f"Journal{mark}xq", FIRST_HALF, unit_id=unit.pk), by=SYSTEM, at=FIRST_HALF
    )
    town.things["thread_id"].append(thread_id)
    town.things["entry_id"].append(entry_id)
    town.told[name] |= {f"Ämne{mark}xq", f"Fråga{mark}xq", f"Journal{mark}xq", str(thread_id), str(entry_id)}


def _authority(town: Town, key: str, client: Client) -> None:
    """The authority's own journal: nobody outside it reads a word."""
    entry_id = write_entry(NewEntry(client.pk, f"Utredning{key}xq", FIRST_HALF), by=SYSTEM, at=FIRST_HALF)
    town.things["entry_id"].append(entry_id)
    town.behind |= {f"Utredning{key}xq"}


def _absences(town: Town, key: str, client: Client, served: dict[str, DateRange]) -> None:
    """An absence is the client's, and told to whoever served at the time."""
    for start in (FIRST_HALF, SECOND_HALF):
        units = [name for name, period in served.items() if _covers(period, start.date())]
        reason = f"resa{key}{start:%d}"
        AbsenceFactory(
            client=client,
            left_on=start.date() + timedelta(days=1),
            returned_on=start.date() + timedelta(days=4),
            reason=reason,
        )
        for name in units:
            town.told[name].add(reason)


def _covers(period: DateRange, day: date) -> bool:
    return period.lower <= day and (period.upper is None or day < period.upper)


def _what_came_after(town: Town) -> None:
    """What happened to the moved client when O's time was over, and an absence that went on beyond it."""
    for key in ("flyttad", "gömd"):
        moved = town.people[key].client
        AbsenceFactory(client=moved, left_on=date(2022, 11, 14), returned_on=date(2022, 11, 18))
        AbsenceFactory(client=moved, left_on=date(2022, 12, 1), returned_on=None, reason=f"efteråt{key}")
        town.afterwards["O1"] |= {f"efteråt{key}"}
    town.afterwards["O1"] |= {"18 november", "2022-11-18", "3 december", "2022-12-03"}


def _number(day: int) -> str:
    """A personal number that nobody can have, with its check digit."""
    digits = f"4001{day}238"
    products = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    check = -sum(product // 10 + product % 10 for product in products) % 10
    return f"194001{day}-238{check}"
