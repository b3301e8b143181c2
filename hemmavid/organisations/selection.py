"""What part of the municipality a figure is wanted for; every query of the books takes one."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Selection:
    """Units and client to keep to. `unit_ids=None`: all units; `client_id=None`: all clients.

    It narrows what `visible_to(actor)` has let through and never widens it.
    """

    unit_ids: frozenset[UUID] | None = None
    client_id: UUID | None = None

    def conditions(self, unit: str = "unit_id", client: str = "client_id") -> dict[str, object]:
        """Filters for a queryset whose rows have a unit and a client."""
        found: dict[str, object] = self.client_conditions(client)
        if self.unit_ids is not None:
            found[f"{unit}__in"] = sorted(self.unit_ids, key=str)
        return found

    def client_conditions(self, client: str = "client_id") -> dict[str, object]:
        """Filters for a queryset whose rows have a client only."""
        return {} if self.client_id is None else {client: self.client_id}
