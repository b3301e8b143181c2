"""Checks the municipality's table of opening hours when it is read. Reasons are Swedish."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from hemmavid.rules.opening_hours_table import Days, HoursProfile, HoursProfiles, OpenRow
from hemmavid.rules.parameter_forms import MONTH_WORDS, ClockTime
from hemmavid.rules.parameter_values import Choice, Text, Value, WrongValue

ORDER_RECEIPT = "order_receipt"  # the rule of the unread order looks it up (R220)
MIDNIGHT = "24:00"
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_PROFILE_KEYS = frozenset({"label", "hours", "source"})
_ROW_KEYS = frozenset({"days", "opens", "closes"})
_DAYS = Choice(tuple(Days))
_CLOCK = ClockTime()
_TEXT = Text()


@dataclass(frozen=True, slots=True)
class HoursProfilesTable:
    """A table of profiles, each with label, source and rows of days, opens, closes and perhaps months."""

    def read(self, raw: object) -> Value:
        """The profiles, or WrongValue that names the profile and the row."""
        if not isinstance(raw, dict):
            raise WrongValue("värdet ska vara en tabell med en profil per rad")
        profiles = {str(code): _profile(str(code), row) for code, row in raw.items()}
        if ORDER_RECEIPT not in profiles:
            raise WrongValue(f"{ORDER_RECEIPT}: profilen ska finnas (R220)")
        return HoursProfiles(profiles)


def _profile(code: str, raw: object) -> HoursProfile:
    try:
        if not _CODE.fullmatch(code):
            raise WrongValue("koden ska bestå av små bokstäver a–z, siffror och understreck")
        fields = _fields(raw, _PROFILE_KEYS, "profilen")
        hours = fields["hours"]
        if not isinstance(hours, list) or not hours:
            raise WrongValue('minst en rad behövs: hours = [{ days = "working_day", opens = "08:00", … }]')
        return HoursProfile(
            code=code,
            label=str(_TEXT.read(fields["label"])),
            rows=tuple(_row(row, number) for number, row in enumerate(hours, start=1)),
            source=str(_TEXT.read(fields["source"])),
        )
    except WrongValue as error:
        raise WrongValue(f"{code}: {error}") from None


def _row(raw: object, number: int) -> OpenRow:
    try:
        has_months = isinstance(raw, dict) and "months" in raw
        fields = _fields(raw, _ROW_KEYS | {"months"} if has_months else _ROW_KEYS, "raden")
        opens = time.fromisoformat(str(_CLOCK.read(fields["opens"])))
        closes = _closing(fields["closes"])
        if closes is not None and closes <= opens:
            raise WrongValue("stängningen ska vara efter öppningen samma dag")
        months = MONTH_WORDS.read(fields["months"]) if has_months else ()
        return OpenRow(
            days=Days(str(_DAYS.read(fields["days"]))),
            opens=opens,
            closes=closes,
            months=months if isinstance(months, tuple) else (),
        )
    except WrongValue as error:
        raise WrongValue(f"rad {number}: {error}") from None


def _closing(raw: object) -> time | None:
    return None if raw == MIDNIGHT else time.fromisoformat(str(_CLOCK.read(raw)))


def _fields(raw: object, keys: frozenset[str], what: str) -> Mapping[str, object]:
    if not isinstance(raw, dict) or raw.keys() != keys:
        raise WrongValue(f"{what} ska ha nycklarna {', '.join(sorted(keys))} och inga andra")
    return raw
