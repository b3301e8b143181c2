"""What is said after a decision has changed and its orders have followed: who was told, what billing got."""

from __future__ import annotations

from django.contrib import messages

from hemmavid.cases.decision_words import listed
from hemmavid.cases.operations.changing import ExtentChanged
from hemmavid.cases.operations.ending import Ended
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.settlement.decision_changes import Carried

Change = Carried[ExtentChanged] | Carried[Ended]
NOBODY = "Inget skickat uppdrag berörs, så ingen utförare har fått något meddelande."
CORRECTED = "Månaden är låst. Debiteringen har fått en rättelse med skillnaden för varje månad."


def told_of(request: OfficeRequest, carried: Change, *, said: str) -> None:
    """Tell that it is done, which units have got the message, and whether billing got a correction."""
    told = f"{listed(one.unit for one in carried.told)} har fått meddelandet." if carried.told else NOBODY
    messages.success(request, f"{said} {told}")
    if carried.corrections:
        messages.warning(request, CORRECTED)
