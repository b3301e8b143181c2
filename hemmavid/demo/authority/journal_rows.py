"""A handful of signed entries in the authority's journal and in the provider's, and a follow-up now "
"and then."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from hemmavid.cases.models import CaseEvent
from hemmavid.demo.authority.decision_rows import Made
from hemmavid.demo.authority.moments import office_time
from hemmavid.demo.authority.town import ClientFile, Person
from hemmavid.demo.authority.words import filled
from hemmavid.journals.models import EntryKind, JournalEntry, JournalSide
from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import ONE_DAY
from hemmavid.orders.models import Order
from hemmavid.rules.event_text import EventForm, EventOutcome, event_text
from hemmavid.rules.interventions import label_of

FOLLOWED_UP_AFTER = 80
FOLLOWED_UP_SHARE = 0.6
AUTHORITY = (
    "{name} ringde och undrade när hjälpen börjar. Besked lämnat.",
    "Samtal med {kin}, med {name}s medgivande för just detta samtal. Berättar att veckosluten är tunga.",
    "Hembesök. {name} visade runt och berättade om åren {work}. Kaffe serverat av {name} på egen hand.",
    "Arbetsterapeuten meddelar att stolen i duschen är på plats.",
    "{name} önskar samma utförare som grannen. Lista med utförare lämnad, valet är gjort.",
    "Telefonsamtal: {name} är nöjd men vill börja {pastime} igen.",
)
PROVIDER = (
    "Första besöket. {name} visade var allt står och vill kallas vid förnamn. {kin} var med.",
    "{name} åt hela lunchen och pratade om {loved}.",
    "Ringde {kin}: nya glödlampor behövs i hallen. Tas med på fredag.",
    "{name} ville inte duscha i dag, tvättade sig vid handfatet. Erbjuds igen i morgon.",
    "Rött märke på vänster häl. Sjuksköterskan kontaktad, tittar i eftermiddag.",
    "Gick till {spot} och tillbaka utan vila, första gången sedan i våras.",
    "Planen gicks igenom tillsammans. {name} vill själv bädda sängen på lördagar.",
    "Trött och frusen. Extra filt och varm dryck, mådde bättre när vi gick.",
    "{name} hade redan klätt sig när vi kom. Stolt.",
)


def write_journals(file: ClientFile, made: list[Made], orders: list[Order]) -> None:
    """Entries about each decision, a few contacts, and what the unit wrote."""
    rng = file.rng("journal")
    for one in made:
        decided_at = one.decision.decided_at or file.town.morning
        text = f"Beslut {one.decision.number} fattat: {one.decision.get_kind_display().lower()}."
        _authority(file, decided_at, text, EntryKind.DECISION, one.decision.pk)
    first_at = made[0].decision.decided_at or file.town.morning
    for text in rng.sample(AUTHORITY, rng.randint(1, 2)):
        at = first_at - timedelta(days=rng.randint(1, 6), minutes=rng.randint(0, 200))
        _authority(file, at, filled(text, file.life), EntryKind.CONTACT)
    for order in orders[:2]:
        _authority(
            file, order.sent_at or first_at, f"Uppdrag {order.code} skickat.", EntryKind.ORDER, order.pk
        )
    _follow_up(file, made[-1])
    _provider(file, orders[-1])


def _authority(
    file: ClientFile, at: datetime, text: str, kind: EntryKind, about_id: UUID | None = None
) -> JournalEntry:
    entry = JournalEntry(
        id=uuid4(),
        side=JournalSide.AUTHORITY,
        **_signed(file, at, text, kind, file.officer),
        about_id=about_id,
    )
    file.rows.add(entry)
    return entry


def _signed(file: ClientFile, at: datetime, text: str, kind: EntryKind, by: Person) -> dict[str, object]:
    return {
        "client_id": file.client_id,
        "kind": kind,
        "happened_at": file.within(at),
        "text": text,
        "signed_at": file.within(at + timedelta(minutes=12)),
        "signed_by_id": by.user_id,
        "signed_by_name": by.name,
    }


def _provider(file: ClientFile, order: Order) -> None:
    """Entries of the unit since the order began; none before it has."""
    rng = file.rng("provider journal")
    code = next(one.code for one in file.town.places.values() if one.unit_id == order.unit_id)
    start = max(order.starts_on, file.town.window.starts_on)
    last = min(order.ends_on or file.town.until, file.town.until) - ONE_DAY
    if (last - start).days < 4:
        return
    for text in rng.sample(PROVIDER, rng.randint(2, 4)):
        at = office_time(start + rng.randint(0, (last - start).days) * ONE_DAY, rng)
        by = file.town.receiver(code, rng)
        signed = _signed(file, at, filled(text, file.life), EntryKind.NOTE, by)
        file.rows.add(JournalEntry(id=uuid4(), side=JournalSide.PROVIDER, unit_id=order.unit_id, **signed))


def _follow_up(file: ClientFile, made: Made) -> None:
    """A case event by the agreed pattern, in place of any other note (R401-R405)."""
    rng = file.rng("follow up")
    on = made.plan.starts_on + timedelta(days=FOLLOWED_UP_AFTER + rng.randint(0, 60))
    if rng.random() >= FOLLOWED_UP_SHARE or on >= min(made.plan.ends_on, file.town.until - 2 * ONE_DAY):
        return
    at = office_time(on, rng)
    form = rng.choice(list(EventForm))
    labels = _followed(made)
    text = event_text(local_day(at), form, EventOutcome.UNCHANGED, labels)
    entry = _authority(file, at, text, EntryKind.EVENT, made.decision.pk)
    file.note(at, "event_registered")
    file.rows.add(
        CaseEvent(
            case_id=file.case_id,
            decision=made.decision,
            occurred_on=local_day(at),
            form=form.value,
            outcome=EventOutcome.UNCHANGED.value,
            interventions=list(labels),
            text=text,
            journal_entry_id=entry.pk,
            at=at,
            by_id=file.officer.user_id,
            by_name=file.officer.name,
        )
    )


def _followed(made: Made) -> tuple[str, ...]:
    within = [made.times.needs[row.need].label for row in made.needs]
    outside = [label_of(row.intervention) for row in made.outside]
    return tuple(dict.fromkeys([*within, *outside]))
