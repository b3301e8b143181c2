"""One order as each side reads it: what it says, what is new, what was done, what is asked about it."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.lib.clock import local_day
from hemmavid.messages.models import Message, Participant, Thread, ThreadKind
from hemmavid.orders.content import Line, LineChange, OrderContent, difference, holds_sentence
from hemmavid.orders.models import (
    BillingCorrection,
    CoordinationConsent,
    Ending,
    EndingStatus,
    Grant,
    Order,
    OrderReading,
    OrderStatus,
    OrderVersion,
    StepKind,
)
from hemmavid.orders.order_page_rows import (
    CallRow,
    ConsentRow,
    CorrectionRow,
    EndingOfOrder,
    GrantOfOrder,
    MatterRow,
    OrderPage,
    Part,
    Reading,
    ReadLine,
    ReadSection,
    SaidRow,
    StepRow,
    VersionRow,
)
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.people.models import Client
from hemmavid.people.naming import ClientName, PersonFields, name_of
from hemmavid.rules.interventions import INTERVENTIONS
from hemmavid.rules.what_and_how import how_marks, reading_seconds


def receivers_eyes(content: OrderContent, *, on: date, marks_how: bool) -> Reading:
    """The order exactly as the performer will read it; with the words that tell how marked when asked for."""
    parameters = parameters_in_use()
    sections, found = [], 0
    for heading, lines in groupby(content.lines(), key=lambda line: line.heading):
        read = []
        for line in lines:
            marks = how_marks(line.text, on=on, parameters=parameters) if _is_free(line) else ()
            found += len(marks)
            spans = [(mark.start, mark.end) for mark in marks] if marks_how else []
            read.append(ReadLine(line.text, tuple(_parts(line.text, spans))))
        sections.append(ReadSection(heading, tuple(read)))
    return Reading(tuple(sections), reading_seconds(content.text), found)


def _is_free(line: Line) -> bool:
    """Only what a person wrote can tell how; frame time and set times are what was decided."""
    return line.key.startswith(("goal:", "other:"))


def _parts(text: str, spans: list[tuple[int, int]]) -> list[Part]:
    parts, place = [], 0
    for start, end in spans:
        parts += [Part(text[place:start]), Part(text[start:end], is_how=True)]
        place = end
    return [part for part in (*parts, Part(text[place:])) if part.text]


def order_page(order_id: UUID, *, at: datetime, by: Actor) -> OrderPage:
    """Everything about one order that the actor may see. Order.DoesNotExist outside the area.

    The same number of queries however many versions, messages and steps.
    """
    order = Order.objects.visible_to(by).select_related("unit__provider", "client").get(pk=order_id)
    versions = list(order.versions.order_by("number"))
    content = OrderContent.from_stored(versions[-1].content) if versions else None
    is_authority = by.reach(Permission.ORDER_READ).everywhere
    news, since = _news(order, versions, by)
    return OrderPage(
        **_of_order(order, is_authority=is_authority),
        content=content,
        reading=receivers_eyes(content, on=local_day(at), marks_how=False) if content else None,
        versions=_versions(order, versions),
        news=news,
        news_since=since,
        steps=_steps(order, is_authority=is_authority),
        calls=_calls(order) if is_authority else (),
        grants=_grants(order),
        matters=_matters(order, content, by),
        endings=_endings(order),
        consents=_consents(order, local_day(at)),
        corrections=_corrections(order, by),
    )


def _of_order(order: Order, *, is_authority: bool) -> dict[str, Any]:
    """What the page says of the order's own row."""
    client = order.client
    # An old provider is told no address (EC1); a protected one is opened on the client's own page.
    shows_address = not client.is_protected and (is_authority or order.status != OrderStatus.ENDED)
    return {
        "order_id": order.pk,
        "code": order.code,
        "revision": order.revision,
        "client": _name(client),
        "street": client.street if shows_address else "",
        "place": f"{client.postcode} {client.city}".strip() if shows_address else "",
        "unit_id": order.unit_id,
        "unit": order.unit.name,
        "provider": order.unit.provider.name,
        "kind": order.get_kind_display(),
        "status": OrderStatus(order.status),
        "status_label": order.get_status_display(),
        "is_lead": order.is_lead,
        "is_chosen": order.is_chosen,
        "starts_on": order.starts_on,
        "ends_on": order.ends_on,
        "officer": order.officer_name,
        "sent_at": order.sent_at,
        "read_at": order.read_at,
        "acknowledged_at": order.acknowledged_at,
        "acknowledged_by": order.acknowledged_by_name,
        "replaces": order.replaces_id if is_authority else None,
        "decision_id": order.decision_id if is_authority else None,
    }


def _name(client: Client) -> ClientName:
    return name_of(
        PersonFields(client.pk, client.code, client.given_name, client.family_name, client.is_protected)
    )


def _news(order: Order, versions: list[OrderVersion], by: Actor) -> tuple[tuple[LineChange, ...], int | None]:
    """What differs from the last version the reader had read; nothing at the first reading."""
    if by.user_id is None:
        return (), None
    read = OrderReading.objects.filter(order=order, user_id=by.user_id).order_by("-version__number")
    last = read.values_list("version__number", flat=True).first()
    if not versions or last is None or last == versions[-1].number:
        return (), None
    before = OrderContent.from_stored(versions[last - 1].content)
    return difference(before, OrderContent.from_stored(versions[-1].content)), last


def version_difference(
    order_id: UUID, number: int, *, by: Actor
) -> tuple[OrderVersion, tuple[LineChange, ...]]:
    """A version and what it changed; nothing for the first. DoesNotExist outside the actor's area."""
    order = Order.objects.visible_to(by).get(pk=order_id)
    version = order.versions.get(number=number)
    earlier = order.versions.filter(number=number - 1).order_by("pk").first()
    if earlier is None:
        return version, ()
    return version, difference(
        OrderContent.from_stored(earlier.content), OrderContent.from_stored(version.content)
    )


def _versions(order: Order, versions: list[OrderVersion]) -> tuple[VersionRow, ...]:
    read = {step.version_number: step for step in order.steps.filter(step=StepKind.READ).order_by("at")}
    return tuple(
        VersionRow(
            one.number,
            one.valid_from,
            one.reason,
            one.sent_at,
            one.sent_by_name,
            read[one.number].at if one.number in read else None,
            read[one.number].by_name if one.number in read else "",
        )
        for one in reversed(versions)
    )


def _steps(order: Order, *, is_authority: bool) -> tuple[StepRow, ...]:
    """What was done. Until it was sent the order was the authority's own, and others may have been asked."""
    rows = order.steps.in_order().select_related("unit")
    if not is_authority:
        rows = rows.filter(at__gte=order.sent_at)
    return tuple(
        StepRow(row.get_step_display(), row.text, row.at, row.by_name, row.unit.name if row.unit else "")
        for row in rows
    )


def _calls(order: Order) -> tuple[CallRow, ...]:
    return tuple(
        CallRow(
            row.get_whom_display(),
            row.phone,
            row.spoke_with,
            row.get_outcome_display(),
            row.called_at,
            row.by_name,
        )
        for row in order.calls.order_by("called_at", "pk")
    )


def _grants(order: Order) -> tuple[GrantOfOrder, ...]:
    rows = Grant.objects.filter(order=order, withdrawn_at__isnull=True).order_by("intervention", "period")
    made = []
    for row in rows:
        known = INTERVENTIONS.get(row.intervention)
        last = row.period.upper
        made.append(
            GrantOfOrder(
                row.intervention,
                known.label if known else row.intervention,
                row.minutes,
                row.get_per_display(),
                row.period.lower,
                None if last is None else date.fromordinal(last.toordinal() - 1),
                row.in_effect.lower if row.in_effect else None,
            )
        )
    return tuple(made)


def _matters(order: Order, content: OrderContent | None, by: Actor) -> tuple[MatterRow, ...]:
    threads = list(Thread.objects.visible_to(by).filter(about_id=order.pk).order_by("closed_at", "opened_at"))
    keys = [thread.pk for thread in threads]
    said: dict[UUID, list[Message]] = {key: [] for key in keys}
    for message in Message.objects.filter(thread__in=keys).order_by("sent_at", "pk"):
        said[message.thread_id].append(message)
    is_unit = by.may(Permission.ORDER_ANSWER, order.unit_id)
    own = {"mailbox__unit_id": order.unit_id} if is_unit else {"mailbox__kind": "authority"}
    parts = {
        part.thread_id: part for part in Participant.objects.filter(thread__in=keys, **own).order_by("pk")
    }
    return tuple(
        MatterRow(
            thread.pk,
            ThreadKind(thread.kind),
            thread.subject,
            thread.closed_at,
            tuple(_said(message, content) for message in said[thread.pk]),
            own_agreed=thread.pk in parts and parts[thread.pk].agreed_at is not None,
            may_write=thread.pk in parts and thread.closed_at is None,
        )
        for thread in threads
    )


def _said(message: Message, content: OrderContent | None) -> SaidRow:
    stands = bool(message.anchor and content and holds_sentence(content, message.anchor))
    return SaidRow(message.author_name, message.text, message.sent_at, message.anchor, stands)


def _endings(order: Order) -> tuple[EndingOfOrder, ...]:
    made = []
    for row in order.endings.order_by("reported_at", "pk"):
        confirmed = ", ".join(part for part in (row.confirmed_with, row.confirmed_how) if part)
        made.append(
            EndingOfOrder(
                row.pk,
                row.last_day,
                row.get_reason_display(),
                row.text,
                EndingStatus(row.status),
                row.reported_by_name,
                row.reported_at,
                confirmed,
            )
        )
    return tuple(made)


def _consents(order: Order, on: date) -> tuple[ConsentRow, ...]:
    mine = CoordinationConsent.objects.filter(order=order) | CoordinationConsent.objects.filter(
        other_order=order
    )
    rows = mine.select_related("order__unit", "other_order__unit").order_by("-given_on", "pk")
    return tuple(
        ConsentRow(
            row.pk,
            row.other_order.unit.name if row.order_id == order.pk else row.order.unit.name,
            row.purpose,
            row.ends_on,
            holds=row.withdrawn_at is None and row.given_on <= on < row.ends_on,
        )
        for row in rows
    )


def _corrections(order: Order, by: Actor) -> tuple[CorrectionRow, ...]:
    rows = BillingCorrection.objects.visible_to(by).filter(order=order).order_by("-registered_at", "pk")
    sees_kronor = by.may(Permission.KRONOR_READ, order.unit_id)
    return tuple(
        CorrectionRow(
            row.get_cause_display(),
            row.registered_at,
            row.registered_by_name,
            tuple(
                (
                    one["month"],
                    one["hours_before"],
                    one["hours_after"],
                    one["ore_before"] if sees_kronor else None,
                    one["ore_after"] if sees_kronor else None,
                )
                for one in row.months
            ),
        )
        for row in rows
    )


def ending_of(ending_id: UUID, *, by: Actor) -> tuple[Ending, UUID]:
    """A reported ending and its order's id. Ending.DoesNotExist outside the actor's area."""
    ending = Ending.objects.visible_to(by).get(pk=ending_id)
    return ending, ending.order_id
