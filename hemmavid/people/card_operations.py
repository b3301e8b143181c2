"""Writes about client cards: a version, that somebody has read it, an error reported and settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import Actor, Reach, require
from hemmavid.access.policy import Permission
from hemmavid.audit.operations import record_changes
from hemmavid.people.card_content import CardField, Content, check, differences, read_back, stored
from hemmavid.people.models import (
    CardError,
    CardErrorOutcome,
    Client,
    ClientCard,
    ClientCardReading,
    ClientCardVersion,
)

LONGEST_REPORT = 1000


class CardChangedMeanwhile(Exception):
    """Somebody saved a version after the one that was edited: which, who, when, and under which headings."""

    def __init__(self, newest: ClientCardVersion, changed: tuple[CardField, ...]) -> None:
        super().__init__(newest.number)
        self.number = newest.number
        self.made_at = newest.made_at
        self.made_by_name = newest.made_by_name
        self.content = read_back(newest.content)
        self.changed = changed


class CardUnchanged(Exception):
    """The new version would say what the current one says."""


class ErrorTextRefused(ValueError):
    """What is wrong is not said: `code` is `empty` or `too_long`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ErrorAlreadySettled(Exception):
    """Somebody has already said what came of the report."""


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A card as edited. `expected_number`: the version that was edited, 0 for the first."""

    client_id: UUID
    content: Content
    expected_number: int


@dataclass(frozen=True, slots=True)
class WrittenVersion:
    """What was stored."""

    version_id: UUID
    number: int


@transaction.atomic
def write_version(new: NewVersion, *, by: Actor, at: datetime) -> WrittenVersion:
    """Store the next version of a card, whole (R010). The writer has thereby read it.

    Raises Denied, Client.DoesNotExist, CardRefused, CardChangedMeanwhile, CardUnchanged. Units are told by
    `messages.card_news.publish_version`, which is what screens call.
    """
    require(by, Permission.CARD_WRITE)
    Client.objects.visible_to(by).get(pk=new.client_id)
    card = _locked_card(new.client_id)
    if card.number != new.expected_number:
        raise _changed_meanwhile(card, new.expected_number)
    check(new.content)
    if card.number and not differences(_content_of(card, card.number), new.content):
        raise CardUnchanged
    card.number += 1
    card.save(update_fields=["number"])
    version = ClientCardVersion.objects.create(
        card=card,
        number=card.number,
        content=stored(new.content),
        made_at=at,
        made_by_id=by.user_id,
        made_by_name=by.name,
    )
    _read(version, None, by=by, at=at)
    record_changes([new.client_id], what="client_card", by=by, at=at)
    return WrittenVersion(version.pk, version.number)


@transaction.atomic
def mark_version_read(*, client_id: UUID, number: int, by: Actor, at: datetime) -> None:
    """Note that the person has read the version (Kvittera, R011). Once; again changes nothing.

    Raises Denied, ClientCardVersion.DoesNotExist.
    """
    require(by, Permission.ORDER_READ)
    version = ClientCardVersion.objects.visible_to(by).get(card__client_id=client_id, number=number)
    serving = client_id not in by.opened
    _read(version, _own_unit(by.reach(Permission.ORDER_READ), client_id) if serving else None, by=by, at=at)


@transaction.atomic
def report_error(*, client_id: UUID, number: int, text: str, by: Actor, at: datetime) -> CardError:
    """A unit says that the card does not agree with how things are (R012, R031).

    Raises Denied (also for the authority, which writes the card), ClientCardVersion.DoesNotExist,
    ErrorTextRefused. The authority is told by `messages.card_news.report_card_error`.
    """
    require(by, Permission.MESSAGE_WRITE)
    version = ClientCardVersion.objects.visible_to(by).get(card__client_id=client_id, number=number)
    unit_id = _own_unit(by.reach(Permission.MESSAGE_WRITE), client_id)
    require(by, Permission.MESSAGE_WRITE, unit_id)
    if unit_id is None:
        raise ClientCardVersion.DoesNotExist
    error = CardError.objects.create(
        version=version,
        unit_id=unit_id,
        user_id=by.user_id,
        user_name=by.name,
        text=_checked(text),
        reported_at=at,
    )
    record_changes([client_id], what="card_error", by=by, at=at)
    return error


@dataclass(frozen=True, slots=True)
class Settlement:
    """What came of a report, and in what words."""

    error_id: UUID
    outcome: CardErrorOutcome
    text: str = ""


@transaction.atomic
def settle_error(settlement: Settlement, *, by: Actor, at: datetime) -> CardError:
    """Say what came of a report (R031). Raises Denied, CardError.DoesNotExist, ErrorAlreadySettled."""
    require(by, Permission.CARD_WRITE)
    error = CardError.objects.visible_to(by).select_for_update(of=("self",)).get(pk=settlement.error_id)
    if error.settled_at is not None:
        raise ErrorAlreadySettled
    error.outcome, error.outcome_text = settlement.outcome, settlement.text.strip()[:LONGEST_REPORT]
    error.settled_at, error.settled_by_name = at, by.name
    error.save(update_fields=["outcome", "outcome_text", "settled_at", "settled_by_name"])
    record_changes([error.version.card.client_id], what="card_error", by=by, at=at)
    return error


def _locked_card(client_id: UUID) -> ClientCard:
    ClientCard.objects.get_or_create(client_id=client_id)
    return ClientCard.objects.select_for_update(of=("self",)).get(client_id=client_id)


def _changed_meanwhile(card: ClientCard, edited: int) -> CardChangedMeanwhile:
    newest = card.versions.get(number=card.number)
    before = _content_of(card, edited) if 0 < edited < card.number else {}
    changed = tuple(one.field for one in differences(before, read_back(newest.content)))
    return CardChangedMeanwhile(newest, changed)


def _content_of(card: ClientCard, number: int) -> Content:
    return read_back(card.versions.values_list("content", flat=True).get(number=number))


def _read(version: ClientCardVersion, unit_id: UUID | None, *, by: Actor, at: datetime) -> None:
    reading = ClientCardReading(
        version=version, user_id=by.user_id, user_name=by.name, unit_id=unit_id, read_at=at
    )
    ClientCardReading.objects.bulk_create([reading], ignore_conflicts=True)


def _own_unit(reach: Reach, client_id: UUID) -> UUID | None:
    """The unit the person acts for: one that serves or has served the client; None for the municipality."""
    if reach.everywhere:
        return None
    own = Client.objects.get(pk=client_id).serving_units.filter(unit_id__in=sorted(reach.unit_ids, key=str))
    return own.order_by("unit_id").values_list("unit_id", flat=True).first()


def _checked(text: str) -> str:
    stripped = text.strip()
    if not stripped:
        raise ErrorTextRefused("empty")
    if len(stripped) > LONGEST_REPORT:
        raise ErrorTextRefused("too_long")
    return stripped
