"""The client card in its versions, and who has read which. No codes, and phones set aside for fiction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid4

from hemmavid.cases.decision_words import lowered
from hemmavid.demo.authority.decision_rows import Made
from hemmavid.demo.authority.life import mobile
from hemmavid.demo.authority.moments import office_time, soon_after
from hemmavid.demo.authority.town import ClientFile, Person
from hemmavid.lib.periods import ONE_DAY
from hemmavid.orders.models import Order
from hemmavid.people.card_content import CardField, stored
from hemmavid.people.models import ClientCard, ClientCardReading, ClientCardVersion
from hemmavid.rules.assessed_needs import VISIT_LABELS, Visit
from hemmavid.rules.interventions import label_of

SECOND_VERSION_SHARE = 0.35
ALERTS = (
    (), (), ("Fallrisk: rollatorn ska stå inom räckhåll.",), ("Allergisk mot latex.",),
    ("Sväljer dåligt: tjockad dryck.",), ("Blodförtunnande läkemedel: ring sjuksköterskan vid fall.",),
    ("Hör inte dörrklockan, gå in och ropa.",), ("Syrgas i hemmet: inga tända ljus.",),
)  # fmt: skip
ENTRIES = (
    "Öppnar själv, ge det god tid.", "Nyckel på enheten, lås upp och ropa i hallen.",
    "Porten är låst efter klockan 18.", "Ingång från gården, röd dörr.", "Andra dörren, en trappa upp.",
    "Digitalt lås: öppna med telefonen.", "Halt på trappan vintertid, gå baksidan.",
)  # fmt: skip
KEYS = (
    ("Två nycklar kvitterade till enheten.",), ("En nyckel och en porttagg kvitterade.",), ("Ingen nyckel.",),
    ("Nyckelskåp utanför dörren.", "En reservnyckel hos {kin}."),
)  # fmt: skip
BINDERS = (
    "Överst i köksskåpet till höger.",
    "På hyllan i hallen.",
    "I lådan under telefonen.",
    "På köksbordet.",
)
OTHERS = (
    (), ("Tycker om att {pastime}.",), ("Dricker kaffe med mjölk.",), ("Vill duscha på tisdagar.",),
    ("Skor av i hallen.",), ("Berättar gärna om åren {work}.",),
)  # fmt: skip
CARERS = ("Berit i morgongruppen", "Samir i dagteamet", "Lena på kvällen", "Amina i dagteamet", "")
NEWS = (
    (CardField.ALERTS, "Ny rollator: den gamla är återlämnad."),
    (CardField.KEYS, "Reservnyckeln är återlämnad till {kin}."),
    (CardField.RELATIVES, "Hemtjänsten ringer {kin_name} först, inte tvärtom."),
    (CardField.ENTRY, "Dörrklockan är trasig, knacka hårt."),
    (CardField.HEALTH_CARE, "Läkemedel delas av sjuksköterska varannan onsdag."),
)


def write_card(file: ClientFile, made: Made, orders: list[Order]) -> None:
    """The card as it was at the first order, and in one case of three once more since."""
    rng = file.rng("card")
    made_at = orders[0].sent_at or file.town.morning
    content = _content(file, made, rng)
    card = ClientCard(id=uuid4(), client_id=file.client_id, number=1)
    readers = [order for order in orders if order.read_at is not None]
    file.rows.add(card)
    _version(file, card, content, made_at, readers)
    latest = file.town.morning - 3 * ONE_DAY
    if rng.random() < SECOND_VERSION_SHARE and made_at + 20 * ONE_DAY < latest:
        card.number = 2
        heading, line = rng.choice(NEWS)
        content[heading] = (*content.get(heading, ()), line.format(**file.life.words()))
        changed_at = made_at + rng.random() * (latest - made_at)
        _version(file, card, content, office_time(changed_at.date(), rng), readers[-1:])


def _version(
    file: ClientFile,
    card: ClientCard,
    content: dict[CardField, tuple[str, ...]],
    at: datetime,
    readers: list[Order],
) -> None:
    version = ClientCardVersion(
        id=uuid4(),
        card=card,
        number=card.number,
        content=stored(content),
        made_at=at,
        made_by_id=file.officer.user_id,
        made_by_name=file.officer.name,
    )
    file.rows.add(version, *_readings(file, version, readers, at))


def _readings(
    file: ClientFile, version: ClientCardVersion, readers: list[Order], at: datetime
) -> Iterator[ClientCardReading]:
    """The writer has read it; each unit's reader once."""
    people: dict[Person, tuple[UUID | None, datetime]] = {file.officer: (None, at)}
    for order in readers:
        code = next(one.code for one in file.town.places.values() if one.unit_id == order.unit_id)
        rng = file.rng("card read", code, version.number)
        reader = file.town.receiver(code, rng)
        people.setdefault(reader, (order.unit_id, soon_after(at + timedelta(minutes=5), rng, 20 * 60)))
    for reader, (unit_id, read_at) in people.items():
        yield ClientCardReading(
            version=version,
            user_id=reader.user_id,
            user_name=reader.name,
            unit_id=unit_id,
            read_at=file.within(read_at),
        )


def _content(file: ClientFile, made: Made, rng: Random) -> dict[CardField, tuple[str, ...]]:
    life = file.life
    slots = life.words()

    def said(lines: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(line.format(**slots) for line in lines)

    found = {
        CardField.ALERTS: rng.choice(ALERTS),
        CardField.LANGUAGE: (life.language,),
        CardField.PETS: (life.pet[:1].upper() + life.pet[1:],) if life.pet else (),
        CardField.PHONE: (mobile(rng.randint(5, 99)),),
        CardField.ENTRY: (rng.choice(ENTRIES),),
        CardField.KEYS: said(rng.choice(KEYS)),
        CardField.RELATIVES: (f"{life.kin_name}, {life.kin_role}, {life.kin_phone}",),
        CardField.NAMED_CARER: tuple(filter(None, (rng.choice(CARERS),))),
        CardField.HEALTH_CARE: ("Vårdcentralen i centrum, sjuksköterska via kontaktregistret.",),
        CardField.INTERVENTIONS: tuple(_interventions(made)),
        CardField.HOME_BINDER: (rng.choice(BINDERS),),
        CardField.OTHER: said(rng.choice(OTHERS)),
    }
    return {field: lines for field, lines in found.items() if lines}


def _interventions(made: Made) -> Iterator[str]:
    """A line a visit, in the order of the day, of what holds last."""
    needs = made.spans[-1].needs if made.spans else ()
    for visit in (*Visit, None):
        labels = [made.times.needs[one.need].label for one in needs if one.visit == (visit or "")]
        if labels:
            where = VISIT_LABELS[visit].capitalize() if visit else "Egna besök"
            yield f"{where}: {lowered(labels)}"
    codes = dict.fromkeys(row.intervention for row in made.outside)
    yield from (label_of(code) for code in codes)
