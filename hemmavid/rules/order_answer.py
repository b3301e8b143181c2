"""What becomes of an order asked and sent: may it be declined, by when answered, when does it ring unread.

R047, R048, R220, R221, A7, A25.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import Period
from hemmavid.lib.swedish import long_date
from hemmavid.rules.explanation import Step, parameter_step
from hemmavid.rules.opening_hours import next_closing
from hemmavid.rules.opening_hours_form import ORDER_RECEIPT
from hemmavid.rules.parameter_files import ParameterSet
from hemmavid.rules.wall_clock import moment_shown


@dataclass(frozen=True, slots=True)
class CapacityStop:
    """A provider's registered stop for new clients."""

    period: Period


@dataclass(frozen=True, slots=True)
class MayDecline:
    """Whether the provider may decline an order."""

    is_allowed: bool
    explanation: Step

    def __bool__(self) -> bool:
        """True when it may, so that `if may_decline(...)` means what it says."""
        return self.is_allowed


@dataclass(frozen=True, slots=True)
class AnswerDue:
    """The last instant, in UTC, to receive a new client."""

    due_at: datetime
    explanation: Step


@dataclass(frozen=True, slots=True)
class UnreadOrder:
    """Whether an unread order rings on both sides, and from which instant (UTC) it does."""

    is_late: bool
    rings_at: datetime
    explanation: Step


class NeverRings(LookupError):
    """The profile of order receipt does not close within a year, so an unread order would wait for ever."""


def may_decline(*, stop: CapacityStop | None, on: date, parameters: ParameterSet) -> MayDecline:
    """Whether the provider may decline on the day, by `uppdrag.refuse`: never, capacity or free (A25)."""
    policy = parameters.at("uppdrag.refuse", on)
    in_force = stop is not None and stop.period.contains(on)
    is_allowed = policy.text == "free" or (policy.text == "capacity" and in_force)
    said = {
        "never": "Utföraren tar emot alla uppdrag",
        "free": "Utföraren får tacka nej till ett uppdrag",
        "capacity": f"Ett kapacitetsstopp gäller {long_date(on)}: utföraren får tacka nej"
        if in_force
        else f"Inget kapacitetsstopp gäller {long_date(on)}: utföraren tar emot uppdraget",
    }[policy.text]
    inputs = {"on": on.isoformat(), "has_stop": str(in_force).lower()}
    return MayDecline(is_allowed, parameter_step(said, "R048, A25", policy, inputs))


def answer_due(offered_at: datetime, *, parameters: ParameterSet) -> AnswerDue:
    """By when a new client is received: `accept.hours` after the order was offered (R047, A7)."""
    hours = parameters.at("accept.hours", local_day(offered_at))
    due_at = offered_at.astimezone(UTC) + timedelta(hours=hours.whole)
    said = f"Svara senast {moment_shown(due_at)}: {hours.whole} timmar från att uppdraget erbjöds"
    inputs = {"offered_at": offered_at.isoformat(), "due_at": due_at.isoformat()}
    return AnswerDue(due_at, parameter_step(said, "R047, A7", hours, inputs))


def unread_order(sent_at: datetime, at: datetime, *, parameters: ParameterSet) -> UnreadOrder:
    """When an order sent at the instant rings unread, and whether it does so at `at` (R220, R221).

    It rings when the profile of order receipt next closes: at 16.00 the same day, or the next when sent then
    or later. NeverRings when the profile never closes.
    """
    rings_at = next_closing(ORDER_RECEIPT, sent_at, parameters=parameters)
    if rings_at is None:
        raise NeverRings(ORDER_RECEIPT)
    is_late = at >= rings_at
    said = "Ring: uppdraget skulle vara kvitterat" if is_late else "Uppdraget ska vara kvitterat"
    step = parameter_step(
        f"{said} {moment_shown(rings_at)}; det skickades {moment_shown(sent_at)}",
        "R220, R221",
        parameters.at("hours.profiles", local_day(rings_at)),
        {"sent_at": sent_at.isoformat(), "rings_at": rings_at.isoformat()},
    )
    return UnreadOrder(is_late, rings_at, step)


def is_unread_late(sent_at: datetime, at: datetime, *, parameters: ParameterSet) -> bool:
    """Whether an order sent at the instant and still unread rings at `at`."""
    return unread_order(sent_at, at, parameters=parameters).is_late
