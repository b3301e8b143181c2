"""Open a case, for a client we know or a person who is new to us (R041)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.cases.models import Case, CaseOwner, CaseStatus
from hemmavid.cases.operations.numbers import next_case_number
from hemmavid.cases.operations.revision import note_change
from hemmavid.lib.clock import local_day
from hemmavid.people.models import Client
from hemmavid.people.registration import NewClient, register_client


class CaseAlreadyOpen(Exception):
    """The client has an open case already; `case_id` is that one."""

    def __init__(self, case_id: UUID) -> None:
        super().__init__(case_id)
        self.case_id = case_id


class ClientDeceased(Exception):
    """The client has died; no case is opened."""


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """The new case, which its opener may write in at once."""

    case_id: UUID
    number: str
    client_id: UUID
    revision: int


@transaction.atomic
def open_case(*, client_id: UUID, is_own: bool = True, by: Actor, at: datetime) -> OpenedCase:
    """Open a case for a client; the opener's own, or in the queue of unassigned cases.

    Raises Client.DoesNotExist, Denied, ClientDeceased, CaseAlreadyOpen.
    """
    client = Client.objects.visible_to(by).select_for_update(of=("self",)).get(pk=client_id)
    require(by, Permission.CASE_WRITE)
    if client.deceased_on is not None:
        raise ClientDeceased(client.code)
    known = Case.objects.visible_to(by).filter(client=client, status=CaseStatus.OPEN).order_by("pk").first()
    if known is not None:
        raise CaseAlreadyOpen(known.pk)
    return _opened(client, next_case_number(local_day(at)), is_own=is_own, by=by, at=at)


@transaction.atomic
def open_case_for_new_person(new: NewClient, *, is_own: bool = True, by: Actor, at: datetime) -> OpenedCase:
    """Register a person with no more than is needed, and open a case (R041).

    Raises Denied, WrongIdentityNumber, PersonIncomplete, ClientAlreadyKnown.
    """
    require(by, Permission.CASE_WRITE)
    number = next_case_number(local_day(at))
    client = register_client(new, code=number, by=by, at=at)
    return _opened(client, number, is_own=is_own, by=by, at=at)


def _opened(client: Client, number: str, *, is_own: bool, by: Actor, at: datetime) -> OpenedCase:
    officer_id = by.user_id if is_own else None
    case = Case(
        number=number,
        client=client,
        officer_id=officer_id,
        opened_on=local_day(at),
        opened_by_id=by.user_id,
    )
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError:
        known = Case.objects.visible_to(by).get(client=client, status=CaseStatus.OPEN)
        raise CaseAlreadyOpen(known.pk) from None
    CaseOwner.objects.create(case=case, officer_id=officer_id, from_at=at, by_id=by.user_id, by_name=by.name)
    note_change(case, "case_opened", by=by, at=at)
    return OpenedCase(case.pk, case.number, client.pk, case.revision)
