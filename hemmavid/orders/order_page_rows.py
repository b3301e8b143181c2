"""What the page of one order is drawn from: plain rows, one kind a block of the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hemmavid.lib.periods import ONE_DAY
from hemmavid.messages.models import ThreadKind
from hemmavid.orders.content import LineChange, OrderContent
from hemmavid.orders.models import EndingStatus, OrderStatus
from hemmavid.people.naming import ClientName


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence; `is_how` when it tells how, which the provider plans (R259)."""

    text: str
    is_how: bool = False


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A sentence as it is read, in pieces. `text` is the whole, for a question to be anchored at."""

    text: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ReadSection:
    """The sentences under one heading."""

    heading: str
    lines: tuple[ReadLine, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """An order with the receiver's eyes: its sections, how long it takes to read, how many words tell how."""

    sections: tuple[ReadSection, ...]
    seconds: int
    how_words: int


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version sent. `read_at`, `read_by`: when the unit first opened it."""

    number: int
    valid_from: date
    reason: str
    sent_at: datetime
    sent_by: str
    read_at: datetime | None
    read_by: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One thing that happened."""

    label: str
    text: str
    at: datetime
    by: str
    unit: str


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call that was made, or tried."""

    whom: str
    phone: str
    spoke_with: str
    outcome: str
    called_at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class GrantOfOrder:
    """What the order grants, and since when it is in effect."""

    code: str
    label: str
    minutes: int
    per: str
    start: date
    last_day: date | None
    in_effect_from: date | None


@dataclass(frozen=True, slots=True)
class SaidRow:
    """One message. `stands`: the sentence it is about is in the newest version still (FB3)."""

    author: str
    text: str
    sent_at: datetime
    anchor: str
    stands: bool


@dataclass(frozen=True, slots=True)
class MatterRow:
    """A thread about the order. `own_agreed`: the reader's side has said that it is clear."""

    thread_id: UUID
    kind: ThreadKind
    subject: str
    closed_at: datetime | None
    said: tuple[SaidRow, ...]
    own_agreed: bool
    may_write: bool


@dataclass(frozen=True, slots=True)
class EndingOfOrder:
    """An ending told or confirmed."""

    ending_id: UUID
    last_day: date
    reason: str
    text: str
    status: EndingStatus
    reported_by: str
    reported_at: datetime
    confirmed: str


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """The consent to coordination with another unit; whether it holds on the day."""

    consent_id: UUID
    other_unit: str
    purpose: str
    ends_on: date
    holds: bool


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """What billing has been told to correct; kronor only for whoever may see them."""

    cause: str
    registered_at: datetime
    by: str
    months: tuple[tuple[str, str, str, int | None, int | None], ...]


@dataclass(frozen=True, slots=True)
class OrderPage:
    """One order, whole. `content` None for a draft. `news`: what differs since the reader last read it."""

    order_id: UUID
    code: str
    revision: int
    client: ClientName
    street: str
    place: str
    unit_id: UUID
    unit: str
    provider: str
    kind: str
    status: OrderStatus
    status_label: str
    is_lead: bool
    is_chosen: bool
    starts_on: date
    ends_on: date | None
    officer: str
    sent_at: datetime | None
    read_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str
    replaces: UUID | None
    decision_id: UUID | None
    content: OrderContent | None
    reading: Reading | None
    versions: tuple[VersionRow, ...]
    news: tuple[LineChange, ...]
    news_since: int | None
    steps: tuple[StepRow, ...]
    calls: tuple[CallRow, ...]
    grants: tuple[GrantOfOrder, ...]
    matters: tuple[MatterRow, ...]
    endings: tuple[EndingOfOrder, ...]
    consents: tuple[ConsentRow, ...]
    corrections: tuple[CorrectionRow, ...]

    @property
    def last_day(self) -> date | None:
        """The last day of the order (till och med), or None."""
        return None if self.ends_on is None else self.ends_on - ONE_DAY
