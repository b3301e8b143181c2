"""What the calculation aid refuses, at the row it concerns."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms

from hemmavid.cases.operations.needs import OutsideNeedsRefused
from hemmavid.rules.assessed_needs import Fault, NeedFault, NeedsRefused
from hemmavid.rules.outside_frame_time import OUTSIDE_FAULT_TEXTS, OutsideFault

WORDS = {
    Fault.NO_NEEDS: "Välj minst ett behov.",
    Fault.UNKNOWN_NEED: "Behovet finns inte i schablontiderna. Välj ett annat.",
    Fault.OUTSIDE_FRAME_TIME: "Insatsen ligger utanför ramtiden. Skriv den där.",
    Fault.UNKNOWN_LEVEL: "Nivån finns inte. Välj en annan.",
    Fault.PER_WEEK_OUT_OF_BOUNDS: "Antalet gånger kan inte stämma: det blir fler än 100 i veckan.",
    Fault.REPEATED: "Behovet står redan i samma besök. Skriv det en gång, med fler tillfällen.",
}
FIELDS = {
    OutsideFault.MINUTES_OUT_OF_BOUNDS: "minutes",
    OutsideFault.OCCASIONS_OUT_OF_BOUNDS: "count",
    OutsideFault.NOT_ORDERED_PER_OCCASION: "per",
    OutsideFault.ONLY_ESCORT_PER_OCCASION: "per",
    OutsideFault.DAY_REPEATED: "days",
    OutsideFault.NOT_TRIED_WITHIN_FRAME_TIME: "tried",
}


def told(refused: NeedsRefused) -> list[str]:
    """Each fault once, in words."""
    return list(dict.fromkeys(WORDS[fault.fault] for fault in refused.faults))


def take_needs(refused: NeedsRefused, rows: Sequence[forms.Form]) -> None:
    """Put each fault at its row; the rows that hold a need, in order."""
    filled = [row for row in rows if row.is_bound and row.cleaned_data.get("level") and not _is_removed(row)]
    for fault in refused.faults:
        if fault.position is not None and fault.position < len(filled):
            filled[fault.position].add_error(_field(fault), WORDS[fault.fault])


def take_outside(refused: OutsideNeedsRefused, rows: Sequence[forms.Form]) -> None:
    """The same for times outside frame time."""
    filled = [row for row in rows if row.is_bound and row.cleaned_data.get("intervention")]
    filled = [row for row in filled if not _is_removed(row)]
    for position, fault in refused.faults:
        said = OUTSIDE_FAULT_TEXTS[fault]
        filled[position].add_error(FIELDS.get(fault, "intervention"), f"{said[:1].upper()}{said[1:]}.")


def _field(fault: NeedFault) -> str:
    return "count" if fault.fault is Fault.PER_WEEK_OUT_OF_BOUNDS else "level"


def _is_removed(row: forms.Form) -> bool:
    return bool(row.cleaned_data.get("remove"))
