"""The facts of a month, loaded set by set, and the lines of the hours statement they give by the rules.

Four queries whatever the number of rows: clients, grants, absences, and the visits summed by PostgreSQL.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.lib.periods import Month
from hemmavid.orders.queries import GrantOfUnit, absences_in, grants_in
from hemmavid.organisations.queries import UnitFacts
from hemmavid.organisations.selection import Selection
from hemmavid.people.models import Client
from hemmavid.rules.absence import Absence
from hemmavid.rules.granted_time import GrantFacts
from hemmavid.rules.hours_statement import (
    AtomFacts,
    PaymentModel,
    StatementLine,
    StatementRules,
    covers_a_day,
    statement_line,
)
from hemmavid.rules.interventions import FRAME_TIME, LOV_CODES, VISIT_KINDS, PaymentClass, row_order
from hemmavid.rules.parameter_files import ParameterSet
from hemmavid.rules.visit_counting import Performed, VisitPolicies
from hemmavid.visits.queries import AtomKey, performed_in

NOTHING_DONE = Performed(0, 0)


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """A client as the books need one: no name, no address."""

    client_id: UUID
    code: str
    deceased_on: date | None


@dataclass(frozen=True, slots=True)
class Atom:
    """One unit, client and intervention in a month: what is known, and the line it gives."""

    unit: UnitFacts
    client: ClientFacts
    facts: AtomFacts
    line: StatementLine


@dataclass(frozen=True, slots=True)
class MonthBooks:
    """A month as far as the selection reaches; atoms by client, unit and intervention, frame time first.

    `clients` are all that the selected units have, or have had, something to do with.
    """

    month: Month
    rules: StatementRules
    policies: VisitPolicies
    atoms: tuple[Atom, ...]
    clients: Mapping[UUID, ClientFacts]

    @property
    def lines(self) -> list[StatementLine]:
        """The lines of the hours statement."""
        return [atom.line for atom in self.atoms]


@dataclass(frozen=True, slots=True)
class Supposed:
    """Facts of one client as they would be after a change: for previews, which write nothing."""

    grants: tuple[GrantOfUnit, ...]
    deceased_on: date | None = None


def selection_of(
    units: Mapping[UUID, UnitFacts],
    *,
    by: Actor,
    permission: Permission,
    unit_id: UUID | None = None,
    client_id: UUID | None = None,
    provider_id: UUID | None = None,
) -> Selection:
    """The units asked for that `permission` reaches; all of them, unnarrowed, where it reaches everywhere."""
    reach = by.reach(permission)
    if reach.everywhere and unit_id is None and provider_id is None:
        return Selection(None, client_id)
    wanted = frozenset(
        unit.unit_id
        for unit in units.values()
        if reach.covers(unit.unit_id)
        and unit_id in (None, unit.unit_id)
        and provider_id in (None, unit.provider.provider_id)
    )
    return Selection(wanted, client_id)


def month_books(
    month: Month,
    *,
    by: Actor,
    selection: Selection,
    parameters: ParameterSet,
    units: Mapping[UUID, UnitFacts],
    is_for_money: bool = False,
    supposed: Supposed | None = None,
) -> MonthBooks:
    """Every atom that exists in the month (contract.md section 4), within selection and reach.

    Four queries. Raises ParameterNotDefined when a parameter has no value on the month's last day.
    `is_for_money` leaves out the visits that cannot change what is paid, so only payable hours are right.
    `supposed` takes the place of the grants, and of the day of death, of a selection of one client.
    """
    rules = StatementRules.for_month(month, parameters)
    policies = VisitPolicies.for_month(month, parameters)
    loaded = grants_in(month.period, by=by, selection=selection) if supposed is None else supposed.grants
    known = _Known(
        month,
        units,
        _supposed_clients(clients_of(selection, by=by), supposed),
        _by_atom(loaded),
        performed_in(
            month.instants(),
            policies=policies,
            by=by,
            selection=selection,
            codes=_paid_by_performed(rules) if is_for_money else LOV_CODES,
        ),
        absences_in(month.period, by=by, selection=selection),
    )
    atoms = [atom for key in known.atom_keys() if (atom := known.atom(key, rules)).line.exists]
    atoms.sort(key=lambda atom: (atom.line.client, atom.line.unit, row_order(atom.line.intervention)))
    return MonthBooks(month, rules, policies, tuple(atoms), known.clients)


def clients_of(selection: Selection, *, by: Actor) -> dict[UUID, ClientFacts]:
    """The clients that the selected units have, or have had, something to do with. One query."""
    clients = Client.objects.visible_to(by).filter(**selection.client_conditions("pk"))
    if selection.unit_ids is not None:
        clients = clients.filter(serving_units__unit_id__in=sorted(selection.unit_ids, key=str))
    rows = clients.order_by("pk").values_list("pk", "code", "deceased_on")
    return {row[0]: ClientFacts(*row) for row in rows}


def _supposed_clients(clients: dict[UUID, ClientFacts], supposed: Supposed | None) -> dict[UUID, ClientFacts]:
    if supposed is None or supposed.deceased_on is None:
        return clients
    return {key: replace(client, deceased_on=supposed.deceased_on) for key, client in clients.items()}


def _paid_by_performed(rules: StatementRules) -> frozenset[str]:
    """The interventions whose payment depends on what was done (S01, R198)."""
    if rules.model is PaymentModel.PERFORMED:
        return LOV_CODES
    capped = PaymentClass.PERFORMED_UP_TO_GRANTED
    return frozenset(code for code, way in rules.classes.items() if way is capped)


@dataclass(frozen=True, slots=True)
class _Known:
    """Everything loaded of a month, by the keys of the database."""

    month: Month
    units: Mapping[UUID, UnitFacts]
    clients: Mapping[UUID, ClientFacts]
    grants: Mapping[AtomKey, tuple[GrantFacts, ...]]
    done: Mapping[AtomKey, Performed]
    absences: Mapping[UUID, tuple[Absence, ...]]

    def atom_keys(self) -> set[AtomKey]:
        """Every atom with a grant or a counted visit."""
        return self.grants.keys() | self.done.keys()

    def atom(self, key: AtomKey, rules: StatementRules) -> Atom:
        unit_id, client_id, intervention = key
        unit, client = self.units[unit_id], self.clients[client_id]
        done = self.done.get(key, NOTHING_DONE)
        facts = AtomFacts(
            unit=unit.code,
            client=client.code,
            intervention=intervention,
            grants=self.grants.get(key, ()),
            absences=self.absences.get(client_id, ()),
            deceased_on=client.deceased_on,
            performed_microseconds=done.microseconds,
            visits=done.visits,
            has_frame_time=self._has_frame_time(key, client),
        )
        return Atom(unit, client, facts, statement_line(facts, rules))

    def _has_frame_time(self, key: AtomKey, client: ClientFacts) -> bool:
        """Only asked of visit kinds: nothing else can be tagged in place of frame time (R082)."""
        unit_id, client_id, intervention = key
        if intervention not in VISIT_KINDS:
            return False
        frame = self.grants.get((unit_id, client_id, FRAME_TIME), ())
        return covers_a_day(frame, self.month, client.deceased_on)


def _by_atom(grants: Iterable[GrantOfUnit]) -> dict[AtomKey, tuple[GrantFacts, ...]]:
    found: defaultdict[AtomKey, tuple[GrantFacts, ...]] = defaultdict(tuple)
    for grant in grants:
        found[grant.unit_id, grant.client_id, grant.intervention] += (grant.facts,)
    return dict(found)
