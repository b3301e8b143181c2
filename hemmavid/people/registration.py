"""Register a person who is new to home care, with no more than is needed (R041)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.audit.operations import record_changes
from hemmavid.lib import identity_numbers
from hemmavid.people.models import Client


class ClientAlreadyKnown(Exception):
    """A client has the personal number already; `client_id` is that one."""

    def __init__(self, client_id: UUID) -> None:
        super().__init__(client_id)
        self.client_id = client_id


class PersonIncomplete(ValueError):
    """A name is missing; `field` says which."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class NewClient:
    """Who the person is. The address may be told later."""

    personal_number: str
    given_name: str
    family_name: str
    street: str = ""
    postcode: str = ""
    city: str = ""
    is_protected: bool = False


@transaction.atomic
def register_client(new: NewClient, *, code: str, by: Actor, at: datetime) -> Client:
    """A client of the code. Raises Denied, WrongIdentityNumber, PersonIncomplete, ClientAlreadyKnown."""
    require(by, Permission.CASE_WRITE)
    number = identity_numbers.personal_number(new.personal_number.strip())
    for field in ("given_name", "family_name"):
        if not getattr(new, field).strip():
            raise PersonIncomplete(field)
    known = Client.objects.visible_to(by).filter(personal_number=number).order_by("pk").first()
    if known is not None:
        raise ClientAlreadyKnown(known.pk)
    client = Client.objects.create(
        code=code,
        personal_number=number,
        given_name=new.given_name.strip(),
        family_name=new.family_name.strip(),
        street=new.street.strip(),
        postcode=new.postcode.strip(),
        city=new.city.strip(),
        is_protected=new.is_protected,
    )
    record_changes([client.pk], what="client_registered", by=by, at=at)
    return client
