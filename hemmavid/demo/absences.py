"""Stays in hospital and elsewhere: about four of a hundred client-days (sweden.md section 11)."""

from datetime import date, timedelta

from hemmavid.demo.care import Course, DemoAbsence
from hemmavid.demo.chance import stream
from hemmavid.demo.window import Window

REASONS = (("sjukhus", 80), ("korttidsboende", 12), ("bortrest", 8))
AWAY_SHARE = 0.046
MEAN_STAY_DAYS = 8.0
BACK_SAME_DAY_SHARE = 0.10


def absences_of(
    seed: int, number: int, client: str, course: Course, window: Window
) -> tuple[DemoAbsence, ...]:
    """Absences that reach into the window; two may share a boundary day, no other day is shared."""
    rng = stream(seed, "absences", number)
    in_effect = [phase.in_effect_from for phase in course.phases if phase.in_effect_from]
    if not in_effect:
        return ()
    last = min(filter(None, (window.until, course.phases[-1].in_effect_to, course.deceased_on)))
    day = max(min(in_effect), window.starts_on - timedelta(days=25))
    home_days = MEAN_STAY_DAYS * (1 - AWAY_SHARE) / AWAY_SHARE
    absences: list[DemoAbsence] = []
    day += timedelta(days=round(rng.expovariate(1 / home_days)))
    while day < last:
        back_on = day + timedelta(days=1 + round(rng.expovariate(1 / (MEAN_STAY_DAYS - 2))))
        reason = rng.choices([name for name, _ in REASONS], [weight for _, weight in REASONS])[0]
        is_back = back_on <= last
        absences.append(DemoAbsence(client, day, _returned(back_on, last, window.until), reason))
        pause = 0 if rng.random() < BACK_SAME_DAY_SHARE else 2 + round(rng.expovariate(1 / home_days))
        day = back_on + timedelta(days=pause) if is_back else last
    return tuple(absences)


def _returned(back_on: date, last: date, until: date) -> date | None:
    """The day of return; a stay that outlasts the care ends with it, one that outlasts the demo is open."""
    if back_on <= last:
        return back_on
    return None if last == until else last
