"""The input form of `hemmavid frame-time` (docs/rules/frame-time.md): date and needs, and nothing else.

No reason repeats what was written: a name or a personal number may have strayed into any field.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeGuard

from hemmavid.interfaces.cli.json_places import Document
from hemmavid.rules.assessed_needs import MOST_PER_WEEK, AssessedNeed, Fault, NeedFault, Visit
from hemmavid.rules.interventions import label_of
from hemmavid.rules.occasions import Occasions, OccasionsPer
from hemmavid.rules.standard_times import StandardTimes

FORM_KEYS = ("date", "needs")
NEED_KEYS = ("need", "level", "per_week", "visit")
OCCASIONS_KEYS = ("count", "per")
_TIME_KEYS = frozenset({"minutes", "minuter", "hours", "timmar", "time", "tid"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_PART = re.compile(r"([1-9]\d{0,2})/([1-9]\d?)", re.ASCII)
_HUNDREDTH = Decimal("0.01")
_MOST_NEEDS = 200


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong, where: a JSON pointer and the reason in Swedish.

    `key` is an unknown key of the object there: it gives the line, but is never printed.
    """

    pointer: str
    reason: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class FormNeed:
    """A need as written; `pointer` is its place. Occasions in a month wait for the weeks of a month."""

    pointer: str
    need: str
    level: int
    often: Fraction | Occasions
    visit: Visit | None

    def assessed(self, weeks_per_month: Fraction) -> AssessedNeed:
        """The need with its exact occasions a week."""
        if isinstance(self.often, Occasions):
            return AssessedNeed.on(self.often, self.need, self.level, weeks_per_month, self.visit)
        return AssessedNeed(self.need, self.level, self.often, self.visit)


@dataclass(slots=True)
class Form:
    """A form as read. With anything wrong, `day` may be None and `rows` hold those that could be read."""

    day: date | None = None
    rows: list[FormNeed] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    def needs(self, weeks_per_month: Fraction) -> list[AssessedNeed]:
        """The needs that could be read, in the order of the file."""
        return [row.assessed(weeks_per_month) for row in self.rows]


def read_form(document: Document) -> Form:
    """The form of a document with everything that can be seen to be wrong without the standard times."""
    form = Form()
    raw = document.value
    if not _is_object(raw):
        form.wrong.append(Wrong("", 'filen ska innehålla ett objekt: { "date": …, "needs": [ … ] }'))
        return form
    form.wrong += _key_faults(raw, FORM_KEYS, "")
    if "date" in raw:
        form.day = _day(raw["date"])
        if form.day is None:
            form.wrong.append(Wrong("/date", "skriv dagen som ÅÅÅÅ-MM-DD, till exempel 2026-11-01"))
    rows = raw.get("needs", [])
    if not isinstance(rows, list) or len(rows) > _MOST_NEEDS:
        form.wrong.append(Wrong("/needs", f"needs ska vara en lista med högst {_MOST_NEEDS} behov"))
        return form
    for position, row in enumerate(rows):
        _read_need(row, f"/needs/{position}", form)
    return form


def words_of(fault: NeedFault, form: Form, times: StandardTimes) -> Wrong:
    """A fault found by the rule, in Swedish with what to do. Codes are repeated only when they are known."""
    if fault.position is None:
        return Wrong("/needs", "inga behov; skriv minst ett")
    need = form.rows[fault.position]
    pointer = f"{need.pointer}/{fault.field}"
    match fault.fault:
        case Fault.OUTSIDE_FRAME_TIME:
            return Wrong(
                pointer,
                f"{label_of(need.need)} ligger utanför ramtiden (R061, R141): ta bort behovet här; "
                "handläggaren anger tiden på insatsen i beslutet",
            )
        case Fault.UNKNOWN_LEVEL:
            levels = times.needs[need.need].levels
            shown = "; ".join(f"{number} = {level.means}" for number, level in enumerate(levels, start=1))
            return Wrong(pointer, f"nivån finns inte; välj {shown}")
        case Fault.PER_WEEK_OUT_OF_BOUNDS:
            often = "occasions" if isinstance(need.often, Occasions) else fault.field
            reason = f"gånger per vecka ska vara mer än 0 och högst {MOST_PER_WEEK}"
            return Wrong(f"{need.pointer}/{often}", reason)
        case Fault.REPEATED:
            return Wrong(
                pointer,
                "behovet står redan för besöket; skriv det en gång, med en nivå och alla gånger per vecka",
            )
        case _:
            return Wrong(pointer, f"behovet är okänt; välj bland {', '.join(sorted(times.needs))}")


def _read_need(row: object, pointer: str, form: Form) -> None:
    if not _is_object(row):
        form.wrong.append(Wrong(pointer, f"ett behov skrivs som ett objekt med {', '.join(NEED_KEYS)}"))
        return
    wrong = _key_faults(row, _need_keys(row), pointer)
    if {"per_week", "occasions"} <= row.keys():
        wrong.append(Wrong(f"{pointer}/occasions", "skriv per_week eller occasions, inte båda"))
    need, level, visit = (row.get(key) for key in ("need", "level", "visit"))
    if "need" in row and not isinstance(need, str):
        wrong.append(Wrong(f"{pointer}/need", "behovet ska vara en kod inom citattecken"))
    if "level" in row and not _is_whole(level):
        wrong.append(Wrong(f"{pointer}/level", "nivån ska vara ett heltal, till exempel 2"))
    often = _often(row, pointer, wrong)
    if visit is not None and visit not in tuple(Visit):
        reason = f"besöket är okänt; välj bland {', '.join(Visit)}, eller null för ett eget besök"
        wrong.append(Wrong(f"{pointer}/visit", reason))
    if not wrong and isinstance(need, str) and isinstance(level, Decimal) and often is not None:
        chosen = Visit(visit) if isinstance(visit, str) else None
        form.rows.append(FormNeed(pointer, need, int(level), often, chosen))
    form.wrong += wrong


def _need_keys(row: dict[str, object]) -> tuple[str, ...]:
    """The keys a need has: how often is said in one of two ways."""
    if "occasions" not in row:
        return NEED_KEYS
    return tuple(key for key in (*NEED_KEYS, "occasions") if key != "per_week" or key in row)


def _often(row: dict[str, object], pointer: str, wrong: list[Wrong]) -> Fraction | Occasions | None:
    if "per_week" not in row:
        return _occasions(row["occasions"], f"{pointer}/occasions", wrong) if "occasions" in row else None
    times = _per_week(row["per_week"])
    if times is None:
        reason = 'skriv gånger per vecka som ett tal med högst två decimaler (0.5) eller en andel ("1/3")'
        wrong.append(Wrong(f"{pointer}/per_week", reason))
    return times


def _occasions(raw: object, pointer: str, wrong: list[Wrong]) -> Occasions | None:
    if not _is_object(raw):
        reason = 'gångerna skrivs som ett objekt: { "count": 1, "per": "two_weeks" }'
        wrong.append(Wrong(pointer, reason))
        return None
    found = _key_faults(raw, OCCASIONS_KEYS, pointer)
    count, per = raw.get("count"), raw.get("per")
    if "count" in raw and not _is_whole(count):
        found.append(Wrong(f"{pointer}/count", "antalet gånger ska vara ett heltal, till exempel 1"))
    if "per" in raw and per not in tuple(OccasionsPer):
        found.append(Wrong(f"{pointer}/per", f"tiden är okänd; välj bland {', '.join(OccasionsPer)}"))
    wrong += found
    if found or not isinstance(count, Decimal) or not isinstance(per, str):
        return None
    return Occasions(int(count), OccasionsPer(per))


def _key_faults(raw: dict[str, object], known: Iterable[str], pointer: str) -> list[Wrong]:
    """Keys that may not be there, and keys that must."""
    names = ", ".join(known)
    faults = []
    for key in raw:
        if key in _TIME_KEYS:
            reason = (
                f"{key} får inte anges: schablontiden följer av nivån och ändras aldrig i ett ärende (R284)"
            )
            faults.append(Wrong(f"{pointer}/{key}", reason))
        elif key not in known:
            reason = f"okänd nyckel; bara {names} får finnas, och inga personuppgifter"
            faults.append(Wrong(pointer, reason, key))
    faults += [Wrong(pointer, f"{key} saknas") for key in known if key not in raw]
    return faults


def _is_object(raw: object) -> TypeGuard[dict[str, object]]:
    return isinstance(raw, dict)


def _day(raw: object) -> date | None:
    if not isinstance(raw, str) or not _DAY.fullmatch(raw):
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return None


def _is_whole(raw: object) -> bool:
    """Whether it is a whole number of ordinary size; also 2.0."""
    return isinstance(raw, Decimal) and 0 <= raw <= 1000 and raw == raw.to_integral_value()


def _per_week(raw: object) -> Fraction | None:
    """Occasions a week, exact: at most two decimals, or a part such as 1/3 (every third week)."""
    if isinstance(raw, str) and (part := _PART.fullmatch(raw)):
        return Fraction(int(part.group(1)), int(part.group(2)))
    if not isinstance(raw, Decimal) or not -1000 <= raw <= 1000 or raw.quantize(_HUNDREDTH) != raw:
        return None
    return Fraction(raw)
