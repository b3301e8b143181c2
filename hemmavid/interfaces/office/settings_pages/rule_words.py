"""The rules in the words of the screen; the code stands beside the name, for who looks it up."""

import re
from collections.abc import Mapping
from datetime import time
from decimal import Decimal

from hemmavid.lib import swedish
from hemmavid.rules.interventions import INTERVENTIONS
from hemmavid.rules.opening_hours_table import Days, HoursProfile, HoursProfiles
from hemmavid.rules.parameter_files import DatedValue
from hemmavid.rules.standard_times import NeedTime, StandardTimes

NAMES: Mapping[str, str] = {
    "absence.first_day": "Uppehåll: dagen brukaren lämnar hemmet",
    "absence.last_day": "Uppehåll: dagen brukaren kommer tillbaka",
    "absence.method": "Uppehåll: så dras tiden av",
    "accept.hours": "Ny brukare: timmar från förfrågan till start",
    "accept.warn_hours": "Ny brukare: påminnelse när så många timmar är kvar",
    "bom.pay_percent": "Ersättning för besök som inte utförs",
    "calendar.non_banking_days": "Dagar då banken har stängt",
    "calendar.working_day": "Arbetsdagar",
    "cap.period": "Utfört upp till beviljat räknas per",
    "consent.general_phrases": "Ord som gör ett samtycke generellt",
    "contacts.confirm_months": "Kontaktuppgifter bekräftas efter så många månader",
    "decision.model": "Beslut fattas enligt",
    "decision_end.warn_days": "Beslut som går ut: påminnelse så många dagar innan",
    "deduction.when": "Avdrag på priset",
    "frame_time.alone_visit_minutes": "Ramtid: tillägg för ett behov ensamt i besöket",
    "frame_time.grant_rounding": "Ramtid: avrundning till hela minuter per vecka",
    "frame_time.standard_times": "Ramtid: schablontider",
    "frame_time.weeks_per_month": "Ramtid: veckor per månad",
    "goal.stock_phrases": "Standardfraser i mål",
    "gp_bonus.hours": "Första genomförandeplanen: timmar",
    "gp_bonus.reset_months": "Första genomförandeplanen: ny rätt efter så många månader",
    "gp_bonus.scope": "Första genomförandeplanen: en gång per brukare och",
    "hemgangsteam.minutes_per_week": "Hemgångsteam: schablontid i minuter per vecka",
    "hgt.ordinary_hours": "Överlämning, ordinarie handläggning: meddelas så många timmar innan",
    "hgt.simple_days": "Överlämning, förenklat beslut: meddelas så många arbetsdagar innan",
    "home_visit.late_days": "Hembesök: försenat efter så många dagar",
    "home_visit.warn_days": "Hembesök: påminnelse efter så många dagar",
    "hours.profiles": "När funktionerna svarar",
    "insats.class": "Så ersätts insatserna",
    "insats.personal_care": "Insatser som är omvårdnad",
    "jour.shift_end": "Jouren slutar",
    "jour.shift_start": "Jouren börjar",
    "jour.shift_start_summer": "Jouren börjar på sommaren",
    "jour.until": "Jourens beslut gäller nästa arbetsdag till",
    "kringtid.included": "Utanför ramtiden: ingår kringtid i tiden",
    "lock.day": "Månaden låses den i månaden efter",
    "lock.inclusive": "Den dagen räknas som i tid",
    "lock.shift": "Månaden låses när den dagen inte är arbetsdag",
    "manual_both.policy": "Besök med båda ändar för hand",
    "nodoppning.hours": "Nödöppning: timmar tills den upphör",
    "order.how_words": "Ord i ett uppdrag som säger hur",
    "pay.day": "Betalas den i månaden efter",
    "pay.shift": "Betalas när den dagen inte är bankdag",
    "payment.model": "Ersättningsmodell",
    "phone_rule.days_off": "Sent uppdrag: dagar som inte är arbetsdagar",
    "phone_rule.scope": "Sent uppdrag: ring när starten är",
    "phone_rule.summer_months": "Sent uppdrag: sommarens månader",
    "phone_rule.time": "Sent uppdrag: ring efter",
    "phone_rule.unit_from": "Enheten svarar från",
    "phone_rule.unit_until": "Enheten svarar till",
    "phone_rule.unit_until_summer": "Enheten svarar till på sommaren",
    "price_decision": "Prislistans beslut",
    "provider_change.cutoff_day": "Byte av utförare: senaste dag i månaden (0: ingen)",
    "provider_change.months": "Byte av utförare: längst så många månader",
    "provider_change.warn_days": "Byte av utförare: påminnelse så många dagar innan",
    "ramtid.carry_over": "Ramtid som inte har använts förs över till nästa månad",
    "review.min_hours": "Översyn av ramtid: minsta skillnad i timmar per månad",
    "review.months": "Översyn av ramtid: månader i rad",
    "review.percent": "Översyn av ramtid: minsta skillnad i procent",
    "round.hours_decimals": "Avrundning av timmar: decimaler",
    "round.hours_mode": "Avrundning av timmar",
    "round.line_decimals": "Avrundning av kronor per rad: decimaler",
    "round.line_mode": "Avrundning av kronor per rad",
    "round.total": "Avrundning av summor",
    "rural.source": "Landsbygd avgörs av",
    "uppdrag.refuse": "En utförare får säga nej till ett uppdrag",
    "urgent_short.days": "Kortvarigt akut behov: dagar utan ersättning",
    "urgent_short.late_rule": "Kortvarigt akut behov som anmäls sent ersätts från",
    "visit.count": "Dubbelbemannat besök räknas",
    "visit.double_sum": "Dubbelbemannat besök: bådas tid läggs ihop",
}

CODES: Mapping[str, str] = {
    "accept": "räknas alltid",
    "all_day": "räknas hela som efter klockslaget",
    "approve": "räknas när de är godkända",
    "april": "april",
    "august": "augusti",
    "both": "när båda rättigheterna saknas",
    "by_time": "följer klockslaget",
    "capacity": "vid ett registrerat kapacitetsstopp",
    "cat1": "som beviljat",
    "cat3": "utfört upp till beviljat",
    "daily": "dag för dag",
    "day4": "fjärde dagen",
    "de_facto": "midsommarafton, julafton och nyårsafton",
    "december": "december",
    "down": "alltid nedåt",
    "either": "när en av rättigheterna saknas",
    "february": "februari",
    "frame_time": "ramtid",
    "free": "alltid",
    "friday": "fredag",
    "granted": "beviljad tid",
    "half_even": "till närmaste, hälften till jämnt tal",
    "half_up": "till närmaste, hälften uppåt",
    "included": "ingår",
    "january": "januari",
    "july": "juli",
    "june": "juni",
    "krona": "till hela kronor",
    "manual": "märkning på brukaren",
    "march": "mars",
    "may": "maj",
    "monday": "måndag",
    "month": "månad",
    "municipality": "kommun",
    "never": "aldrig",
    "next": "bankdagen efter",
    "next_working": "nästa arbetsdag",
    "not_de_facto": "inte midsommarafton, julafton och nyårsafton",
    "not_included": "ingår inte",
    "not_paid": "ersätts inte",
    "not_public": "inte helgdagar",
    "november": "november",
    "october": "oktober",
    "once": "en gång",
    "ore": "avrundas inte igen",
    "paid": "ersätts",
    "per_employee": "en gång per medarbetare",
    "performed": "utförd tid",
    "previous": "bankdagen före",
    "provider": "utförare",
    "public": "helgdagar",
    "refuse": "räknas aldrig",
    "report_day": "dagen det anmäls",
    "same": "samma dag",
    "same_next": "samma dag eller nästa arbetsdag",
    "saturday": "lördagar",
    "september": "september",
    "sunday": "söndagar",
    "thursday": "torsdag",
    "time_key": "tidsnyckel",
    "tuesday": "tisdag",
    "up": "alltid uppåt",
    "wednesday": "onsdag",
}
NONE = {
    "insats.class": "ingen ersättning",
    "lock.shift": "samma dag ändå",
    "pay.shift": "samma dag ändå",
    "ramtid.carry_over": "nej",
}
OF_INTERVENTIONS = frozenset({"insats.personal_care"})
DAYS: Mapping[Days, str] = {
    Days.EVERY_DAY: "alla dagar",
    Days.WORKING_DAY: "arbetsdagar",
    Days.DAY_OFF: "lediga dagar",
}
MIDNIGHT = "24.00"
CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}")


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
    if isinstance(value, HoursProfiles):
        return tuple(_opening(profile) for profile in value.profiles.values())
    if isinstance(value, Mapping):
        return tuple(f"{_label(str(code))}: {_word(dated, kind)}" for code, kind in value.items())
    if isinstance(value, tuple):
        return tuple(_word(dated, part) for part in value)
    return (_word(dated, value),)


def _times(need: NeedTime) -> str:
    levels = ", ".join(str(level.minutes) for level in need.levels)
    return f"{need.label}: {levels} min per gång"


def _opening(profile: HoursProfile) -> str:
    """Jourhavande arbetsledare: arbetsdagar 17.00–24.00, lediga dagar 00.00–24.00."""
    rows = ", ".join(
        f"{DAYS[row.days]} {_clock(row.opens)}–{_clock(row.closes) if row.closes else MIDNIGHT}"
        + (f" ({', '.join(CODES[month] for month in row.months)})" if row.months else "")
        for row in profile.rows
    )
    return f"{profile.label}: {rows}"


def _clock(moment: time) -> str:
    return f"{moment:%H.%M}"


def _label(code: str) -> str:
    known = INTERVENTIONS.get(code)
    return known.label if known else code


def _word(dated: DatedValue, value: object) -> str:
    if isinstance(value, Decimal):
        return swedish.number(value)
    text = str(value)
    if dated.name in OF_INTERVENTIONS:
        return _label(text)
    if CLOCK.fullmatch(text):
        return text.replace(":", ".")
    return NONE.get(dated.name, text) if text == "none" else CODES.get(text, text)
