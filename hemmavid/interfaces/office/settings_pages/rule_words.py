"""The rules in the words of the screen; the code stands beside the name, for who looks it up."""

from collections.abc import Mapping
from decimal import Decimal

from hemmavid.lib import swedish
from hemmavid.rules.interventions import INTERVENTIONS
from hemmavid.rules.parameter_files import DatedValue
from hemmavid.rules.standard_times import NeedTime, StandardTimes

NAMES: Mapping[str, str] = {
    "absence.first_day": "Uppehåll: dagen brukaren lämnar hemmet",
    "absence.last_day": "Uppehåll: dagen brukaren kommer tillbaka",
    "absence.method": "Uppehåll: så dras tiden av",
    "bom.pay_percent": "Ersättning för besök som inte utförs",
    "calendar.non_banking_days": "Dagar då banken har stängt",
    "cap.period": "Utfört upp till beviljat räknas per",
    "deduction.when": "Avdrag på priset",
    "contacts.confirm_months": "Kontakter: bekräftas efter så många månader",
    "frame_time.alone_visit_minutes": "Ramtid: tillägg för ett behov ensamt i besöket",
    "frame_time.grant_rounding": "Ramtid: avrundning till hela minuter per vecka",
    "frame_time.standard_times": "Ramtid: schablontider",
    "frame_time.weeks_per_month": "Ramtid: veckor per månad",
    "gp_bonus.hours": "Första genomförandeplanen: timmar",
    "gp_bonus.reset_months": "Första genomförandeplanen: ny rätt efter så många månader",
    "gp_bonus.scope": "Första genomförandeplanen: en gång per brukare och",
    "insats.class": "Så ersätts insatserna",
    "kringtid.included": "Utanför ramtiden: ingår kringtid i tiden",
    "manual_both.policy": "Besök med båda ändar för hand",
    "nodoppning.hours": "Nödöppning: öppen så många timmar",
    "pay.day": "Betalas den i månaden efter",
    "pay.shift": "Betalas när den dagen inte är bankdag",
    "payment.model": "Ersättningsmodell",
    "price_decision": "Prislistans beslut",
    "review.min_hours": "Översyn av ramtid: minsta skillnad i timmar per månad",
    "review.months": "Översyn av ramtid: månader i rad",
    "review.percent": "Översyn av ramtid: minsta skillnad i procent",
    "round.hours_decimals": "Avrundning av timmar: decimaler",
    "round.hours_mode": "Avrundning av timmar",
    "round.line_decimals": "Avrundning av kronor per rad: decimaler",
    "round.line_mode": "Avrundning av kronor per rad",
    "round.total": "Avrundning av summor",
    "rural.source": "Landsbygd avgörs av",
    "visit.count": "Dubbelbemannat besök räknas",
    "visit.double_sum": "Dubbelbemannat besök: bådas tid läggs ihop",
}

CODES: Mapping[str, str] = {
    "accept": "räknas alltid",
    "approve": "räknas när de är godkända",
    "both": "när båda rättigheterna saknas",
    "cat1": "som beviljat",
    "cat3": "utfört upp till beviljat",
    "daily": "dag för dag",
    "de_facto": "midsommarafton, julafton och nyårsafton",
    "down": "alltid nedåt",
    "either": "när en av rättigheterna saknas",
    "granted": "beviljad tid",
    "half_even": "till närmaste, hälften till jämnt tal",
    "half_up": "till närmaste, hälften uppåt",
    "included": "ingår",
    "krona": "till hela kronor",
    "manual": "märkning på brukaren",
    "month": "månad",
    "municipality": "kommun",
    "next": "bankdagen efter",
    "not_included": "ingår inte",
    "not_paid": "ersätts inte",
    "once": "en gång",
    "ore": "avrundas inte igen",
    "paid": "ersätts",
    "per_employee": "en gång per medarbetare",
    "performed": "utförd tid",
    "previous": "bankdagen före",
    "provider": "utförare",
    "public": "helgdagar",
    "refuse": "räknas aldrig",
    "saturday": "lördagar",
    "sunday": "söndagar",
    "up": "alltid uppåt",
}
NONE = {"insats.class": "ingen ersättning", "pay.shift": "samma dag ändå"}


def name_of(code: str) -> str:
    """The rule's name on the screen; the code itself for one that has got no words yet."""
    return NAMES.get(code, code)


def words_of(dated: DatedValue) -> tuple[str, ...]:
    """The value as people read it, one line a part."""
    value = dated.value
    if isinstance(value, bool):
        return ("ja" if value else "nej",)
    if isinstance(value, StandardTimes):
        return tuple(_times(need) for need in value.needs.values())
    if isinstance(value, Mapping):
        return tuple(f"{_label(str(code))}: {_word(dated, kind)}" for code, kind in value.items())
    if isinstance(value, tuple):
        return tuple(_word(dated, part) for part in value)
    return (_word(dated, value),)


def _times(need: NeedTime) -> str:
    levels = ", ".join(str(level.minutes) for level in need.levels)
    return f"{need.label}: {levels} min per gång"


def _label(code: str) -> str:
    known = INTERVENTIONS.get(code)
    return known.label if known else code


def _word(dated: DatedValue, value: object) -> str:
    if isinstance(value, Decimal):
        return swedish.number(value)
    text = str(value)
    return NONE.get(dated.name, text) if text == "none" else CODES.get(text, text)
