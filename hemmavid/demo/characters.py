"""The fixed characters: the first clients of every demo, each with one story worth showing.

They are clients K0001, K0002 … in this order whatever the seed, so that a handbook, a screenshot or a test
can name them. "The month" below is the last full month of the demo. All are invented.

1. Elsa Vinter – the printed example of seed 001: 174 minutes a week; in the month 32 visits on frame time of
   8,13 hours together and one of nine minutes tagged morgonhjalp. Thirty days give 12,43 hours granted.
2. Tage Rönnmo – relief: 4,00 hours granted, 5,25 performed, 4,00 paid (R198, golden test 8).
3. Layla Qasimi – changes provider on the 14th, and has a care plan approved with each.
4. Folke Hedlid – from 30 to 45 hours on the 14th.
5. Sigrid Almvik – protected identity, in the countryside.
6. Sten Forsdal – dies on the 17th, with somebody watching by night in the last days.
7. Helmi Niemelä – not on frame time yet: every visit kind has a grant of its own.
8. Rut Ekvall – in hospital from the 5th to the 9th, in again on the 9th until the 15th, and since the 24th.
9. Mirza Ramić – two staff at a time, night help and alarm.
10. Ingvar Björkmo – granted, not yet put into effect.
11. Hodan Warfa – new on the 3rd at the provider with a deduction, in the countryside, two plans, one bonus.

What their case pages show beside (authority/):

1. Elsa Vinter – a decision whose frame time is 174 minutes a week, and a clarification both sides agreed on.
2. Tage Rönnmo – respite outside frame time, 240 minutes a month, with the carer's own goal.
3. Layla Qasimi – one decision and two orders, with the hand-over checklist signed between them.
4. Folke Hedlid – an extension from the day it was reported, whose order takes the place of the one before.
5. Sigrid Almvik – a client card whose phone and entry are hidden until they are opened.
6. Sten Forsdal – an urgent decision on watch with a named licensed assessor, and orders ended by the death.
7. Helmi Niemelä – still under the time key: on the list that shrinks at each follow-up (R130).
8. Rut Ekvall – in hospital; the unit's question about her return lies unread at the authority.
9. Mirza Ramić – day, night and alarm have orders of their own, and two units talk within a recorded consent.
10. Ingvar Björkmo – received and not in effect: the order waits for its first performed day.
11. Hodan Warfa – a new client: from application to received order, every step with its moment.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from hemmavid.demo.care import DAYS_A_MONTH, Course, Needs, Phase
from hemmavid.demo.check_digits import Sex
from hemmavid.demo.courses import changed
from hemmavid.demo.window import Window

OWN_UNIT = "U01"
OTHER_UNIT = "U06"
DEDUCTED_UNIT = "U09"
ELSA, TAGE = 1, 2

Stay = tuple[date, date | None, str]


@dataclass(frozen=True, slots=True)
class Character:
    given_name: str
    family_name: str
    sex: Sex
    born_on: date
    needs: Needs
    course: Callable[[Window], Course]
    stays: Callable[[Window], tuple[Stay, ...]] = lambda window: ()
    is_rural: bool = False
    is_protected: bool = False
    needs_two: bool = False


def _steady_phase(window: Window) -> Phase:
    decided_on = window.starts_on - timedelta(days=40)
    return Phase(OWN_UNIT, decided_on, window.until + timedelta(days=200), decided_on)


def _steady(window: Window) -> Course:
    phase = _steady_phase(window)
    return Course((phase,), phase.from_on - timedelta(days=300), None, (21, 400))


def _changes_provider(window: Window) -> Course:
    phase = _steady_phase(window)
    phases = changed(phase, _day(window, 14), unit=OTHER_UNIT, level=1.0)
    return Course(tuple(phases), phase.from_on, None, (14, 400))


def _changes_level(window: Window) -> Course:
    phase = _steady_phase(window)
    phases = changed(phase, _day(window, 14), unit=OWN_UNIT, level=1.5)
    return Course(tuple(phases), phase.from_on - timedelta(days=100), None, (20, 200))


def _dies(window: Window) -> Course:
    phase, day = _steady_phase(window), _day(window, 17)
    return Course(
        (Phase(OWN_UNIT, phase.from_on, day, phase.in_effect_from, day),), phase.from_on, day, (22, 400)
    )


def _waits(window: Window) -> Course:
    decided_on = window.until - timedelta(days=9)
    return Course(
        (Phase(OWN_UNIT, decided_on, decided_on + timedelta(days=364), None),), decided_on, None, (21, 400)
    )


def _is_new(window: Window) -> Course:
    started_on = _day(window, 3)
    phase = Phase(DEDUCTED_UNIT, started_on, started_on + timedelta(days=364), started_on)
    return Course((phase,), started_on, None, (18, 23))


def _hospital(window: Window) -> tuple[Stay, ...]:
    return (
        (_day(window, 5), _day(window, 9), "sjukhus"),
        (_day(window, 9), _day(window, 15), "sjukhus"),
        (_day(window, 24), None, "sjukhus"),
    )


def _day(window: Window, day: int) -> date:
    return window.last_full_month.replace(day=day)


CHARACTERS = (
    Character("Elsa", "Vinter", Sex.WOMAN, date(1938, 4, 12), Needs(174 * DAYS_A_MONTH / 420), _steady),
    Character(
        "Tage",
        "Rönnmo",
        Sex.MAN,
        date(1941, 9, 30),
        Needs(8.0, by_day=(("avlosning", 240, "month"),)),
        _steady,
    ),
    Character("Layla", "Qasimi", Sex.WOMAN, date(1944, 1, 25), Needs(26.0), _changes_provider),
    Character("Folke", "Hedlid", Sex.MAN, date(1935, 6, 8), Needs(30.0), _changes_level),
    Character(
        "Sigrid",
        "Almvik",
        Sex.WOMAN,
        date(1948, 11, 2),
        Needs(18.0),
        _steady,
        is_rural=True,
        is_protected=True,
    ),
    Character("Sten", "Forsdal", Sex.MAN, date(1930, 2, 14), Needs(40.0, has_watch=True), _dies),
    Character("Helmi", "Niemelä", Sex.WOMAN, date(1940, 7, 19), Needs(24.0, has_own_kinds=True), _steady),
    Character("Rut", "Ekvall", Sex.WOMAN, date(1933, 12, 6), Needs(35.0), _steady, stays=_hospital),
    Character(
        "Mirza",
        "Ramić",
        Sex.MAN,
        date(1939, 3, 21),
        Needs(95.0, by_night=(("natthjalp", 105, "week"), ("trygghetslarm", 30, "month"))),
        _steady,
        needs_two=True,
    ),
    Character("Ingvar", "Björkmo", Sex.MAN, date(1946, 5, 17), Needs(12.0), _waits),
    Character("Hodan", "Warfa", Sex.WOMAN, date(1949, 10, 11), Needs(20.0), _is_new, is_rural=True),
)
