"""What goes on around care that runs: a change of provider, an ending, corrections, messages and mistakes."""

from __future__ import annotations

from decimal import Decimal

from hemmavid.demo.authority.scenes.acting import Acting
from hemmavid.demo.window import first_of_month
from hemmavid.lib.money import Money
from hemmavid.lib.periods import ONE_DAY, Month
from hemmavid.messages.card_news import Report, Words, report_card_error
from hemmavid.messages.models import ThreadKind
from hemmavid.messages.operations import NewThread, Side, mark_read, open_thread, reply
from hemmavid.orders.models import (
    Answer,
    CorrectionCause,
    EndingReason,
    HandoverItem,
    Inquiry,
    ItemKind,
    Order,
    OrderKind,
    ProviderChange,
)
from hemmavid.orders.operations.asking import Question, answer_inquiry, ask_unit
from hemmavid.orders.operations.clarifying import agree_about_order, answer_about_order, ask_about_order
from hemmavid.orders.operations.corrections import MonthDifference, NewCorrection, record_correction
from hemmavid.orders.operations.endings import NewEnding, report_ending
from hemmavid.orders.operations.leading import NewConsent, record_consent, write_to_other_unit
from hemmavid.orders.operations.moving import NewChange, change_provider, explain_item, sign_item
from hemmavid.orders.operations.sending import send_order
from hemmavid.people.models import ClientCard

OFFICER, SECOND = "Bilal Karimi", "Hanna Forsmo"
OWN, PRIVATE = "U01", "U06"
LEAVING, TAKING = ("U07", "U09", "U03", "U02", "U01"), "U08"  # the first of them that has somebody
LATE_HOURS_BEFORE, LATE_HOURS_AFTER = Decimal("21.25"), Decimal("14.50")


def play(acting: Acting) -> None:
    """Each scene on a client of its own; a small demo has fewer."""
    _provider_change(acting)
    _ending_to_confirm(acting)
    _told_change(acting)
    _card_error(acting)
    _billing_correction(acting)
    _characters(acting)


def _provider_change(acting: Acting) -> None:
    """The next unit has been sent the order; three of five are given and two of them received."""
    order = next(filter(None, map(acting.running, LEAVING)), None)
    if order is None:
        return
    officer = acting.by(OFFICER)
    starts_on = acting.coming(6)
    asked_on = acting.town.until - 20 * ONE_DAY
    new = NewChange(
        acting.place(TAKING).unit_id,
        starts_on,
        asked_on,
        f"{order.client.given_name} {order.client.family_name}",
    )
    change_id = change_provider(new, order_id=order.pk, by=officer, at=acting.moment(8, 9))
    change = ProviderChange.objects.get(pk=change_id)
    following = Order.objects.get(changes_to=change)
    _accepted_and_sent(acting, following)
    _half_handed_over(acting, change, order.unit.code)


def _accepted_and_sent(acting: Acting, following: Order) -> None:
    officer, taker = acting.by(OFFICER), acting.at_unit(TAKING)
    question = Question(180, following.client.city, ("Ramtid",))
    ask_unit(
        order_id=following.pk, question=question, expected_revision=1, by=officer, at=acting.moment(7, 9)
    )
    inquiry_id = Inquiry.objects.values_list("pk", flat=True).get(orders=following)
    answer_inquiry(
        inquiry_id=inquiry_id, answer=Answer.ACCEPTED, reason="", by=taker, at=acting.moment(7, 13)
    )
    following.refresh_from_db()
    send_order(
        order_id=following.pk,
        expected_revision=following.revision,
        by=officer,
        at=acting.moment(6, 10),
    )


def _half_handed_over(acting: Acting, change: ProviderChange, leaving: str) -> None:
    leaver, taker = acting.at_unit(leaving), acting.at_unit(TAKING)
    items = {item.kind: item for item in HandoverItem.objects.filter(change=change).order_by("kind")}
    for kind in (ItemKind.PLAN, ItemKind.KEYS):
        sign_item(item_id=items[kind].pk, by=leaver, at=acting.moment(3, 11))
    sign_item(item_id=items[ItemKind.PLAN].pk, by=taker, at=acting.moment(2, 14))
    explain_item(
        item_id=items[ItemKind.DELEGATIONS].pk,
        reason="Inga delegerade insatser",
        by=leaver,
        at=acting.moment(3, 11, 10),
    )


def _ending_to_confirm(acting: Acting) -> None:
    order = acting.running(OWN)
    if order is not None:
        new = NewEnding(
            acting.past(4), EndingReason.WISH, "Säger att hon klarar sig själv sedan svägerskan flyttade in."
        )
        report_ending(new, order_id=order.pk, by=acting.at_unit(OWN), at=acting.moment(2, 11, 20))


def _told_change(acting: Acting) -> None:
    """A change without a new order, told in a message that the unit has read and answered (R252)."""
    order = acting.running(OWN)
    if order is None:
        return
    unit, officer, manager = Side(order.unit_id), acting.by(OFFICER), acting.at_unit(OWN)
    thread_id = open_thread(
        NewThread(
            client_id=order.client_id,
            kind=ThreadKind.CHANGE,
            subject=f"Ändring i uppdrag {order.code}",
            text="Duschen flyttas till onsdagar från nästa vecka, på brukarens önskan. Tiden är oförändrad.",
            sender=Side(),
            receivers=(unit,),
            about_id=order.pk,
        ),
        by=officer,
        at=acting.moment(3, 10, 5),
    )
    mark_read(thread_id=thread_id, side=unit, by=manager, at=acting.moment(3, 10, 50))
    text = "Tack, onsdagar klockan tio. Schemat är ändrat."
    reply(thread_id=thread_id, sender=unit, text=text, by=manager, at=acting.moment(3, 11, 15))
    mark_read(thread_id=thread_id, side=Side(), by=officer, at=acting.moment(2, 8, 10))


def _card_error(acting: Acting) -> None:
    order = acting.running(OWN)
    if order is None:
        return
    number = ClientCard.objects.values_list("number", flat=True).get(client=order.client_id)
    text = "Nyckeln är återlämnad: dörren öppnas inifrån sedan i måndags."
    report = Report(order.client_id, number, text)
    words = Words("Fel på personkortet, version {number}", "")
    report_card_error(report, words, by=acting.at_unit(OWN), at=acting.moment(1, 9, 40))


def _billing_correction(acting: Acting) -> None:
    """An ending told after its month was locked: billing had the whole month, the statement has the part."""
    order = acting.running("U02")
    if order is None:
        return
    month = Month.of(first_of_month(acting.town.until, -2))
    correction = NewCorrection(
        client_id=order.client_id,
        unit_id=order.unit_id,
        cause=CorrectionCause.EFFECT,
        months=(_difference(month),),
        order_id=order.pk,
    )
    record_correction(correction, by=acting.by(SECOND), at=acting.moment(4, 15))


def _difference(month: Month) -> MonthDifference:
    an_hour = 47_600
    before, after = (Money(int(hours * an_hour)) for hours in (LATE_HOURS_BEFORE, LATE_HOURS_AFTER))
    return MonthDifference(month, LATE_HOURS_BEFORE, LATE_HOURS_AFTER, before, after)


def _characters(acting: Acting) -> None:
    """What is worth opening at the fixed characters, beside what their grants tell (characters.py)."""
    elsa, rut, mirza = (acting.of_character(code, OWN) for code in ("K0001", "K0008", "K0009"))
    if elsa is not None:
        _elsa(acting, elsa)
    if rut is not None:
        _rut(acting, rut)
    if mirza is not None:
        _mirza(acting, mirza)


def _elsa(acting: Acting, order: Order) -> None:
    """A clarification that both sides have agreed on (R269)."""
    manager, officer = acting.at_unit(OWN), acting.by(OFFICER)
    thread_id = ask_about_order(
        order_id=order.pk,
        text="Gäller frukosten också helgerna? Elsa säger att dottern lagar den då.",
        by=manager,
        at=acting.moment(9, 8, 40),
    )
    answer_about_order(
        thread_id=thread_id,
        order_id=order.pk,
        text="Ja, alla dagar. Dottern kommer när hon kan, uppdraget räknar inte med det.",
        by=officer,
        at=acting.moment(9, 13, 5),
    )
    agree_about_order(thread_id=thread_id, order_id=order.pk, by=manager, at=acting.moment(9, 13, 40))
    agree_about_order(thread_id=thread_id, order_id=order.pk, by=officer, at=acting.moment(8, 8, 15))


def _rut(acting: Acting, order: Order) -> None:
    """In hospital: the unit asks when she comes home, and nobody at the authority has read it."""
    new = NewThread(
        client_id=order.client_id,
        kind=ThreadKind.QUESTION,
        subject="Hemkomst från sjukhus",
        text="Avdelningen säger tidigast på torsdag. Ska vi räkna med samma besök som förut?",
        sender=Side(order.unit_id),
        receivers=(Side(),),
        about_id=order.pk,
    )
    open_thread(new, by=acting.at_unit(OWN), at=acting.moment(1, 15, 35))


def _mirza(acting: Acting, order: Order) -> None:
    """Day and night talk with each other, within a consent for that and until a day (R225, R398)."""
    nights = Order.objects.filter(client_id=order.client_id, kind=OrderKind.NIGHT).order_by("code")
    night = nights.first()
    if night is None:
        return
    consent = NewConsent(
        "Samordna förflyttning med två vid kväll och natt",
        acting.past(12),
        first_of_month(acting.town.until, 3),
    )
    consent_id = record_consent(
        consent, order_id=order.pk, other_order_id=night.pk, by=acting.by(OFFICER), at=acting.moment(12, 10)
    )
    write_to_other_unit(
        consent_id=consent_id,
        order_id=order.pk,
        text="Lyften laddas i sovrummet från klockan 21. Kan ni sätta tillbaka den på morgonen?",
        by=acting.at_unit(OWN),
        at=acting.moment(6, 16, 10),
    )
