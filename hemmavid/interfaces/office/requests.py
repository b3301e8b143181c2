"""What every request of the office carries."""

from datetime import datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from hemmavid.access.actors import Actor
from hemmavid.access.models import User


class OfficeRequest(HttpRequest):
    """A request by a logged-in person: who acts, and the one reading of the clock."""

    actor: Actor
    now: datetime
    htmx: HtmxDetails
    user: User
