"""The list of clients: narrowed, in Swedish order, a page at a time, in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Case, DateField, Exists, F, OuterRef, Q, QuerySet, When

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.lib.periods import ONE_DAY
from hemmavid.orders.client_orders import label_of_code
from hemmavid.orders.models import Absence, Grant, Per
from hemmavid.people.models import Client, ServingUnit
from hemmavid.people.naming import FIELDS, ClientName, PersonFields, age_on, name_of
from hemmavid.people.queries import in_name_order
from hemmavid.rules.interventions import FRAME_TIME, row_order

LABELS_SHOWN = 2


class Status(StrEnum):
    """Whether home care goes on or has ended, as far as the actor's units are concerned."""

    CURRENT = "aktuella"
    ENDED = "avslutade"
    ALL = "alla"


@dataclass(frozen=True, slots=True)
class ClientFilter:
    """Which clients. `only` narrows to some (those a report has pointed out); None: no narrowing."""

    status: Status = Status.CURRENT
    unit_id: UUID | None = None
    only: frozenset[UUID] | None = None


@dataclass(frozen=True, slots=True)
class Ordered:
    """One intervention that is ordered now: Ramtid, 174 minutes a week."""

    label: str
    minutes: int
    per: Per
    is_in_effect: bool


@dataclass(frozen=True, slots=True)
class Granted:
    """Minutes in all, a week or a month."""

    minutes: int
    per: Per


@dataclass(frozen=True, slots=True)
class ListedClient:
    """One row of the list. A protected person has neither age nor name here."""

    name: ClientName
    age: int | None
    units: tuple[str, ...]
    ordered: tuple[Ordered, ...]
    deceased_on: date | None
    away_since: date | None

    @property
    def interventions(self) -> str:
        """Ramtid, Avlösning; or how many there are, so that every row is one line."""
        if len(self.ordered) > LABELS_SHOWN:
            return f"{len(self.ordered)} insatser"
        return ", ".join(one.label for one in self.ordered)

    @property
    def granted(self) -> list[Granted]:
        """Minutes a week and minutes a month, each where there are any."""
        sums = {per: sum(one.minutes for one in self.ordered if one.per is per) for per in Per}
        return [Granted(minutes, per) for per, minutes in sums.items() if minutes]

    @property
    def waits(self) -> bool:
        """Whether something is granted that has not been put into effect."""
        return any(not one.is_in_effect for one in self.ordered)


@dataclass(frozen=True, slots=True)
class ClientPage:
    """The first rows and how many there are in all."""

    rows: tuple[ListedClient, ...]
    total: int


def client_list(wanted: ClientFilter, *, on: date, limit: int, by: Actor) -> ClientPage:
    """At most `limit` clients in Swedish order of names. Four queries, whatever the number of rows.

    An old provider learns of no death and no absence after its time (issue 2, item 7).
    """
    clients = _narrowed(Client.objects.visible_to(by), wanted, on, by)
    told = clients.annotate(known_death=_known_death(by))
    rows = list(in_name_order(told).values_list(*FIELDS, "personal_number", "known_death")[:limit])
    client_ids = [row[0] for row in rows]
    grants = _current_grants(client_ids, on, by)
    away = _away(client_ids, on, by)
    listed = tuple(_listed(row, grants[row[0]], away.get(row[0]), on) for row in rows)
    return ClientPage(listed, clients.count())


def current_clients(*, on: date, by: Actor) -> int:
    """How many clients have home care now. One query."""
    return _narrowed(Client.objects.visible_to(by), ClientFilter(), on, by).count()


def _narrowed(clients: QuerySet[Client], wanted: ClientFilter, on: date, by: Actor) -> QuerySet[Client]:
    going_on = _going_on(on, by)
    if wanted.unit_id is not None:
        reach = by.reach(Permission.CLIENT_READ)
        unit_ids = [wanted.unit_id] if reach.covers(wanted.unit_id) else []
        going_on = going_on.filter(unit_id__in=unit_ids)
        served = ServingUnit.objects.visible_to(by).filter(client=OuterRef("pk"), unit_id__in=unit_ids)
        clients = clients.filter(Exists(served))
    if wanted.only is not None:
        clients = clients.filter(pk__in=sorted(wanted.only, key=str))
    is_current = Q(Exists(going_on.filter(client=OuterRef("pk"))), deceased_on__isnull=True)
    if wanted.status is Status.CURRENT:
        return clients.filter(is_current)
    return clients.filter(~is_current) if wanted.status is Status.ENDED else clients


def _known_death(by: Actor) -> Case | F:
    """The day of death where a unit of the actor served then or later; to the municipality always."""
    if by.reach(Permission.CLIENT_READ).everywhere:
        return F("deceased_on")
    lasted = Q(period__endswith__isnull=True) | Q(period__endswith__gt=OuterRef("deceased_on"))
    served = Grant.objects.visible_to(by).filter(lasted, client=OuterRef("pk"), withdrawn_at__isnull=True)
    return Case(When(Exists(served), then=F("deceased_on")), output_field=DateField())


def _going_on(on: date, by: Actor) -> QuerySet[Grant]:
    """Grants that have not ended: those of today and those to come."""
    goes_on = Q(period__endswith__isnull=True) | Q(period__endswith__gt=on)
    return Grant.objects.visible_to(by).filter(goes_on, withdrawn_at__isnull=True)


def _current_grants(client_ids: list[UUID], on: date, by: Actor) -> dict[UUID, list[Grant]]:
    rows = (
        _going_on(on, by)
        .filter(client_id__in=client_ids, period__startswith__lt=on + ONE_DAY)
        .select_related("unit")
        .order_by("unit__name", "code")
    )
    found: defaultdict[UUID, list[Grant]] = defaultdict(list)
    for grant in rows:
        found[grant.client_id].append(grant)
    return found


def _away(client_ids: list[UUID], on: date, by: Actor) -> dict[UUID, date]:
    rows = (
        Absence.objects.visible_to(by)
        .filter(
            Q(returned_on__isnull=True) | Q(returned_on__gt=on), client_id__in=client_ids, left_on__lte=on
        )
        .order_by("client_id", "left_on")
    )
    return dict(rows.values_list("client_id", "left_on"))


def _listed(
    row: tuple[UUID, str, str, str, bool, str, date | None],
    grants: Iterable[Grant],
    away_since: date | None,
    on: date,
) -> ListedClient:
    name = name_of(PersonFields(*row[:5]))
    number, died = row[5], row[6]
    grants = sorted(grants, key=lambda grant: row_order(grant.intervention))
    return ListedClient(
        name=name,
        age=None if name.is_protected else age_on(number, died or on),
        units=tuple(dict.fromkeys(grant.unit.name for grant in grants)),
        ordered=tuple(_ordered(grant) for grant in grants),
        deceased_on=died,
        away_since=away_since if grants and not died else None,
    )


def _ordered(grant: Grant) -> Ordered:
    label = "Ramtid" if grant.intervention == FRAME_TIME else label_of_code(grant.intervention)
    return Ordered(label, grant.minutes, Per(grant.per), is_in_effect=grant.in_effect is not None)
