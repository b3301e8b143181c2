"""Reads of client cards: the version that holds, what is new since one last read, and who has read what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import DateTimeField, F, Func, QuerySet, Value

from hemmavid.access.actors import Actor
from hemmavid.people.card_content import (
    IDENTIFYING,
    CardField,
    Content,
    FieldDifference,
    differences,
    read_back,
)
from hemmavid.people.models import (
    CardError,
    CardErrorOutcome,
    ClientCardReading,
    ClientCardVersion,
    ServedDuring,
    ServingUnit,
)


@dataclass(frozen=True, slots=True)
class CardVersion:
    """One version as the reader may see it. `hidden`: headings with lines that are not shown."""

    version_id: UUID
    number: int
    made_at: datetime
    made_by: str
    content: Content
    hidden: tuple[CardField, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """The newest version the reader may see, and what is new since the reader last read.

    `is_current`: nothing newer exists. `read_number`: the newest version the reader has read, None if none.
    """

    version: CardVersion
    is_current: bool
    read_number: int | None
    changes: tuple[FieldDifference, ...]

    @property
    def is_read(self) -> bool:
        """Whether the reader has read this very version."""
        return self.read_number == self.version.number


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A line of the history."""

    number: int
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class ReaderRow:
    """Who has read a version and when. `unit` is empty for the municipality."""

    number: int
    name: str
    unit: str
    read_at: datetime


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """A reported error with its status and outcome (R031)."""

    error_id: UUID
    number: int
    unit: str
    name: str
    text: str
    reported_at: datetime
    outcome: str
    outcome_text: str
    settled_at: datetime | None
    settled_by: str

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered yet."""
        return self.settled_at is None


def client_card(client_id: UUID, *, shows_identity: bool, by: Actor) -> Card | None:
    """The card as it holds for the reader, or None when there is none. Two queries.

    `shows_identity` false leaves out what tells who or where somebody is (IDENTIFYING): a protected identity
    that has not been opened, and a provider whose time is over. An old provider sees its own time's versions.
    """
    versions = _versions(client_id, by)
    newest = versions.select_related("card").order_by("-number").first()
    if newest is None:
        return None
    read = versions.filter(readings__user_id=by.user_id).order_by("-number").first() if by.user_id else None
    shown = _shown(newest, shows_identity=shows_identity)
    before = _shown(read, shows_identity=shows_identity).content if read else {}
    changes = differences(before, shown.content) if read else ()
    return Card(shown, newest.number == newest.card.number, read.number if read else None, changes)


def card_version(client_id: UUID, number: int, *, shows_identity: bool, by: Actor) -> CardVersion:
    """One version. `ClientCardVersion.DoesNotExist` when it is not the reader's to see. One query."""
    return _shown(_versions(client_id, by).get(number=number), shows_identity=shows_identity)


def edited_card(client_id: UUID, *, by: Actor) -> tuple[int, Content]:
    """The number and content to edit from; 0 and nothing before the first version. One query."""
    newest = _versions(client_id, by).order_by("-number").first()
    return (newest.number, read_back(newest.content)) if newest else (0, {})


def card_versions(client_id: UUID, *, by: Actor) -> list[VersionRow]:
    """The versions the reader may see, newest first. One query."""
    rows = _versions(client_id, by).order_by("-number")
    return [VersionRow(row.number, row.made_at, row.made_by_name) for row in rows]


def card_readers(client_id: UUID, *, by: Actor) -> list[ReaderRow]:
    """Who has read which version, newest first: one's own unit's, or all for the authority. One query."""
    rows = (
        ClientCardReading.objects.visible_to(by)
        .filter(version__in=_versions(client_id, by))
        .order_by("-version__number", "-read_at", "pk")
        .values_list("version__number", "user_name", "unit__name", "read_at")
    )
    return [ReaderRow(number, name, unit or "", read_at) for number, name, unit, read_at in rows]


def card_errors(client_id: UUID, *, by: Actor) -> list[ErrorRow]:
    """Reported errors, those that wait first, then newest first. One query."""
    rows = (
        CardError.objects.visible_to(by)
        .filter(version__card__client_id=client_id)
        .select_related("version", "unit")
        .order_by(F("settled_at").desc(nulls_first=True), "-reported_at", "pk")
    )
    return [
        ErrorRow(
            error_id=row.pk,
            number=row.version.number,
            unit=row.unit.name,
            name=row.user_name,
            text=row.text,
            reported_at=row.reported_at,
            outcome=CardErrorOutcome(row.outcome).label if row.outcome else "",
            outcome_text=row.outcome_text,
            settled_at=row.settled_at,
            settled_by=row.settled_by_name,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """Whether a printed version still holds. `newest`: the newest version the reader may see."""

    client_id: UUID
    number: int
    newest: int
    is_current: bool


def paper_check(version_id: UUID, *, by: Actor) -> PaperCheck:
    """What the QR of a paper asks. `ClientCardVersion.DoesNotExist` outside one's area. Two queries."""
    version = ClientCardVersion.objects.visible_to(by).select_related("card").get(pk=version_id)
    client_id = version.card.client_id
    newest = _versions(client_id, by).order_by("-number").values_list("number", flat=True).first()
    return PaperCheck(
        client_id, version.number, newest or version.number, version.number == version.card.number
    )


def units_serving(client_id: UUID, *, at: datetime) -> list[UUID]:
    """The units with an order that has not ended, in the scope of whoever asks. One query."""
    own = Func(F("unit_id"), function="array", template="%(function)s[%(expressions)s]")
    without_end = Value(None, output_field=DateTimeField())
    serves = ServedDuring(F("client_id"), own, Value(at), without_end)
    units = ServingUnit.objects.filter(client_id=client_id).filter(serves)
    return list(units.order_by("unit_id").values_list("unit_id", flat=True))


def units_of_client(client_id: UUID, *, by: Actor) -> list[UUID]:
    """The units that serve, or have served, the client, as far as the actor sees. One query."""
    units = ServingUnit.objects.visible_to(by).filter(client_id=client_id)
    return list(units.order_by("unit_id").values_list("unit_id", flat=True))


def _versions(client_id: UUID, by: Actor) -> QuerySet[ClientCardVersion]:
    return ClientCardVersion.objects.visible_to(by).filter(card__client_id=client_id)


def _shown(version: ClientCardVersion, *, shows_identity: bool) -> CardVersion:
    content = read_back(version.content)
    hidden = () if shows_identity else tuple(field for field in content if field in IDENTIFYING)
    return CardVersion(
        version_id=version.pk,
        number=version.number,
        made_at=version.made_at,
        made_by=version.made_by_name,
        content={field: lines for field, lines in content.items() if field not in hidden},
        hidden=hidden,
    )
