"""Reads of grants and absences for the books: few values a row, everything of a span at once."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Q

from hemmavid.access.actors import Actor
from hemmavid.lib.periods import Period
from hemmavid.orders.models import Absence, Grant
from hemmavid.organisations.selection import Selection
from hemmavid.rules import absence
from hemmavid.rules.granted_time import GrantFacts, Per
from hemmavid.rules.interventions import LOV_CODES


@dataclass(frozen=True, slots=True)
class GrantOfUnit:
    """A grant with whose it is."""

    unit_id: UUID
    client_id: UUID
    intervention: str
    facts: GrantFacts


def grants_in(span: Period, *, by: Actor, selection: Selection) -> list[GrantOfUnit]:
    """Grants within LOV that are valid and in effect some day of the span. One query.

    A grant that is not yet put into effect gives no time and is left out (R195).
    """
    days = DateRange(span.start, span.end)
    rows = (
        Grant.objects.visible_to(by)
        .filter(intervention__in=sorted(LOV_CODES), period__overlap=days, in_effect__overlap=days)
        .filter(**selection.conditions())
        .order_by("client_id", "unit_id", "intervention", "period")
        .values_list(
            "unit_id",
            "client_id",
            "intervention",
            "minutes",
            "per",
            F("period__startswith"),
            F("period__endswith"),
            F("in_effect__startswith"),
            F("in_effect__endswith"),
        )
    )
    return [
        GrantOfUnit(unit_id, client_id, code, GrantFacts(minutes, Per(per), Period(a, b), Period(c, d)))
        for unit_id, client_id, code, minutes, per, a, b, c, d in rows
    ]


def absences_in(span: Period, *, by: Actor, selection: Selection) -> dict[UUID, tuple[absence.Absence, ...]]:
    """The absences that touch the span, by client. One query."""
    touching = Q(returned_on__isnull=True) | Q(returned_on__gte=span.start)
    if span.end is not None:
        touching &= Q(left_on__lt=span.end)
    rows = (
        Absence.objects.visible_to(by)
        .filter(touching, **selection.client_conditions())
        .order_by("client_id", "left_on")
        .values_list("client_id", "left_on", "returned_on")
    )
    found: defaultdict[UUID, tuple[absence.Absence, ...]] = defaultdict(tuple)
    for client_id, left_on, returned_on in rows:
        found[client_id] += (absence.Absence(left_on, returned_on),)
    return dict(found)
