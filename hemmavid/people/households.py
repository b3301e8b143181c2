"""How many of the clients live at the same address: all that is known of a household."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from hemmavid.access.actors import Actor
from hemmavid.people.models import Client


def household_sizes(*, by: Actor) -> dict[UUID, int]:
    """For each living client, how many living clients have the same address, oneself included. One query.

    Who has no address lives alone as far as is known. No address leaves this function.
    """
    rows = (
        Client.objects.visible_to(by)
        .filter(deceased_on__isnull=True)
        .order_by("pk")
        .values_list("pk", "street", "postcode", "city")
    )
    homes = {client_id: _home(*address) for client_id, *address in rows}
    living = Counter(home for home in homes.values() if home)
    return {client_id: living[home] if home else 1 for client_id, home in homes.items()}


def _home(street: str, postcode: str, city: str) -> tuple[str, str, str] | None:
    if not street.strip():
        return None
    return " ".join(street.casefold().split()), "".join(postcode.split()), city.casefold().strip()
