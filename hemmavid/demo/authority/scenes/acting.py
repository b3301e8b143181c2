"""Who acts and when, for scenes: demo people as actors, working days before and after the demo's day."""

from __future__ import annotations

from datetime import date, datetime

from hemmavid.access.actors import Actor
from hemmavid.demo.authority.moments import instant
from hemmavid.demo.authority.town import DemoPlace, Town
from hemmavid.demo.people import demo_people
from hemmavid.orders.models import Order, OrderKind, OrderStatus
from hemmavid.rules.working_days import add_working_days, working_days_before

CAST_OF_CHARACTERS = 11  # clients with stories of their own (characters.py); scenes of others pass them by


class Acting:
    """The town's people as actors, and its working days."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self._actors: dict[str, Actor] = {}
        self._used: set[str] = set()

    def by(self, name: str) -> Actor:
        """A demo person as an actor."""
        if name not in self._actors:
            self._actors[name] = self.town.actor(name)
        return self._actors[name]

    def at_unit(self, unit: str) -> Actor:
        """The unit's manager."""
        return self.by(next(one.name for one in demo_people() if one.unit == unit))

    def place(self, unit: str) -> DemoPlace:
        """A unit."""
        return self.town.places[unit]

    def past(self, days: int) -> date:
        """The working day so many working days before the demo's day."""
        return working_days_before(self.town.until, days, parameters=self.town.parameters)

    def coming(self, days: int) -> date:
        """The working day so many working days after the demo's day."""
        return add_working_days(self.town.until, days, parameters=self.town.parameters)

    @property
    def after_late(self) -> date:
        """The working day after the last one that is past: when a late order begins."""
        return add_working_days(self.past(1), 1, parameters=self.town.parameters)

    def moment(self, days: int, hour: int, minute: int = 0) -> datetime:
        """A time of the working day so many working days before the demo's day; it is always in the past."""
        return instant(self.past(days), hour, minute)

    def running(self, unit: str) -> Order | None:
        """An order of home care in effect at the unit, of a client without another scene; each once."""
        orders = (
            Order.objects.filter(
                unit=self.place(unit).unit_id,
                kind=OrderKind.HOME_CARE,
                status=OrderStatus.IN_EFFECT,
                decision__model="frame_time",
                decision__period__endswith__gt=self.coming(60),
                client__deceased_on__isnull=True,
                client__cases__status="open",
                client__code__gt=f"K{CAST_OF_CHARACTERS:04d}",
            )
            .exclude(client__code__in=self._used)
            .select_related("client", "unit", "decision")
            .order_by("client__code", "code")
        )
        order = orders.first()
        if order is not None:
            self._used.add(order.client.code)
        return order

    def of_character(self, code: str, unit: str) -> Order | None:
        """The newest home care order of a character at the unit."""
        orders = Order.objects.filter(
            client__code=code, unit=self.place(unit).unit_id, kind=OrderKind.HOME_CARE
        )
        return orders.select_related("client", "unit", "decision").order_by("-starts_on", "code").first()
