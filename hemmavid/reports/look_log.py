"""Who has seen what: the look log as a unit's manager and the authority's manager read it (R018)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import TruncDate

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.access.roles import Role
from hemmavid.audit.models import Action, Look
from hemmavid.lib import clock
from hemmavid.lib.periods import Period
from hemmavid.orders.models import Grant
from hemmavid.organisations.models import Unit
from hemmavid.people.models import Client


@dataclass(frozen=True, slots=True)
class LookFilter:
    """Which looks: those of a span of days, by one person, at one client."""

    days: Period
    person_id: UUID | None = None
    client_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class LookRow:
    """One look. `is_outside`: by somebody outside the reader's units. `rows` is how many a list held."""

    at: datetime
    person_id: UUID | None
    person: str
    roles: str
    unit: str
    action: str
    client_id: UUID | None
    client: str
    rows: int
    is_outside: bool


@dataclass(frozen=True, slots=True)
class LookPage:
    """The first rows, those from outside first, and how many there are in all."""

    rows: tuple[LookRow, ...]
    total: int


def looks(wanted: LookFilter, *, limit: int, by: Actor) -> LookPage:
    """At most `limit` looks, from outside the reader's units first, then newest first. Four queries.

    A unit's manager reads what its own people saw, and who else saw the clients it served that day: the
    municipality and the provider's other units, never another provider. Raises Denied.
    """
    require(by, Permission.LOG_READ)
    found = _visible(by)
    found = found.filter(at__gte=clock.day_start(wanted.days.start))
    if wanted.days.end is not None:
        found = found.filter(at__lt=clock.day_start(wanted.days.end))
    if wanted.person_id is not None:
        found = found.filter(actor_id=wanted.person_id)
    if wanted.client_id is not None:
        found = found.filter(client_id=wanted.client_id)
    shown = found.order_by(F("is_outside").desc(), "-at", "-number")[:limit]
    return LookPage(_rows(list(shown), by), found.count())


def _visible(by: Actor) -> QuerySet[Look]:
    reach = by.reach(Permission.LOG_READ)
    if reach.everywhere:
        return Look.objects.annotate(is_outside=Value(value=False, output_field=BooleanField()))
    own = sorted(reach.unit_ids, key=str)
    # The import is the system itself, not somebody who looks from outside.
    nobody = When(actor_id__isnull=True, then=False)
    is_outside = Case(When(unit_id__in=own, then=False), nobody, default=True, output_field=BooleanField())
    sisters = Unit.objects.filter(provider__units__in=own)
    served = Grant.objects.filter(
        client_id=OuterRef("client_id"), unit_id__in=own, period__contains=OuterRef("day")
    )
    of_neighbours = Q(unit_id__isnull=True) | Q(unit_id__in=sisters.values("pk"))
    looked = Look.objects.annotate(is_outside=is_outside, day=TruncDate("at", tzinfo=clock.STOCKHOLM))
    return looked.filter(Q(unit_id__in=own) | (of_neighbours & Q(Exists(served))))


def _rows(looked: list[Look], by: Actor) -> tuple[LookRow, ...]:
    clients = _clients({look.client_id for look in looked if look.client_id}, by)
    unit_ids = {look.unit_id for look in looked if look.unit_id}
    units = dict(Unit.objects.filter(pk__in=unit_ids).values_list("pk", "name"))
    return tuple(
        LookRow(
            at=look.at,
            person_id=look.actor_id,
            person=look.actor_name,
            roles=_words(look.roles),
            unit=units.get(look.unit_id, "") if look.unit_id else "",
            action=Action(look.action).label,
            client_id=look.client_id,
            client=clients.get(look.client_id, "") if look.client_id else "",
            rows=look.rows,
            is_outside=bool(getattr(look, "is_outside", False)),
        )
        for look in looked
    )


def _clients(client_ids: set[UUID], by: Actor) -> dict[UUID, str]:
    """Names as lists show them: a protected person by code alone."""
    rows = Client.objects.visible_to(by).filter(pk__in=client_ids)
    return {
        pk: f"Skyddad identitet, {code}" if is_protected else f"{given_name} {family_name}"
        for pk, code, given_name, family_name, is_protected in rows.values_list(
            "pk", "code", "given_name", "family_name", "is_protected"
        )
    }


def _words(roles: str) -> str:
    known = {role.value: role.label for role in Role}
    return ", ".join(known.get(role, role) for role in roles.split())


def last_days(count: int, *, until: date) -> Period:
    """The `count` days that end with `until`."""
    return Period(date.fromordinal(until.toordinal() - count + 1), date.fromordinal(until.toordinal() + 1))
