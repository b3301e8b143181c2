"""When a change needs a new decision, and when a change of extent or a revised order is enough.

R135, R252, R269, R277, R278, R287, R289-R291, R294, R313, R393.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from hemmavid.rules.explanation import Step
from hemmavid.rules.life_areas import LifeArea


class Change(StrEnum):
    """What the case officer wants to change in a running case."""

    ADD_INTERVENTION = "add_intervention"
    CHANGE_LEVEL = "change_level"
    CHANGE_OCCASIONS = "change_occasions"
    END_INTERVENTION = "end_intervention"
    NEW_GOAL = "new_goal"
    CHANGE_OUTSIDE_TIME = "change_outside_time"
    CLARIFY = "clarify"
    PROLONG = "prolong"


CHANGE_LABELS = {
    Change.ADD_INTERVENTION: "Lägga till en insats",
    Change.CHANGE_LEVEL: "Ändra nivå",
    Change.CHANGE_OCCASIONS: "Ändra antal tillfällen",
    Change.END_INTERVENTION: "Avsluta en insats",
    Change.NEW_GOAL: "Ändra eller lägga till ett mål",
    Change.CHANGE_OUTSIDE_TIME: "Ändra tid för en insats utanför ramtiden",
    Change.CLARIFY: "Förtydliga uppdraget",
    Change.PROLONG: "Förlänga beslutet",
}


class NeededStep(StrEnum):
    """What the change takes."""

    NEW_DECISION = "new_decision"
    EXTENT_CHANGE = "extent_change"  # the decision is corrected in extent, with date and reason (R278)
    REVISED_ORDER = "revised_order"  # a new version of the order under the same decision (R294)
    NOT_ALLOWED = "not_allowed"


@dataclass(frozen=True, slots=True)
class Needed:
    """The step, and whether the provider must be told by message because no new order does it (R252)."""

    step: NeededStep
    must_tell_provider: bool
    explanation: Step


_NEED_CHANGES = frozenset({Change.CHANGE_LEVEL, Change.CHANGE_OCCASIONS})
_WITHIN_DECISION = {
    Change.ADD_INTERVENTION: ("Insatsen läggs till i ett livsområde som redan är beviljat", "R278, R289"),
    Change.CHANGE_LEVEL: ("Behovet har ändrats, så nivån ändras och ramtiden följer", "R278, R287"),
    Change.CHANGE_OCCASIONS: ("Behovet har ändrats, så antalet tillfällen ändras", "R278, R287"),
    Change.END_INTERVENTION: (
        "Insatsen avslutas med återkallelseförbehållet; annars omprövas beslutet",
        "R278, R289, R313",
    ),
    Change.CHANGE_OUTSIDE_TIME: ("Tiden utanför ramtiden ändras efter behovet i uppdraget", "R278, R291"),
}
_SAME_GROUND = {
    Change.NEW_GOAL: (
        "Målet ändras i ett livsområde som redan är beviljat; beslutets grund är densamma",
        "R294",
    ),
    Change.CLARIFY: ("Uppdraget förtydligas; beslutets grund är densamma", "R269, R294"),
}


def what_is_needed(
    change: Change, *, granted_areas: Collection[LifeArea], area: LifeArea, has_need_changed: bool
) -> Needed:
    """What the change takes in a case with the granted life areas.

    A need in a life area not granted takes a new decision (R277). Level and occasions stand until the need
    has changed (R135, R290).
    """
    if change is Change.PROLONG:
        return _needed(NeededStep.NEW_DECISION, "Beslutet är tidsbegränsat; en ny tid prövas på nytt", "R393")
    if area not in granted_areas:
        return _outside_granted(change, area)
    if change in _SAME_GROUND:
        return _needed(NeededStep.REVISED_ORDER, *_SAME_GROUND[change])
    if change in _NEED_CHANGES and not has_need_changed:
        sentence = "Ramtiden ändras inte när behovet är detsamma: beskriv vad som har ändrats"
        return _needed(NeededStep.NOT_ALLOWED, sentence, "R135, R290")
    return _needed(NeededStep.EXTENT_CHANGE, *_WITHIN_DECISION[change])


def _outside_granted(change: Change, area: LifeArea) -> Needed:
    if change is Change.END_INTERVENTION:
        sentence = f"Det finns inget att avsluta: {area.label} är inte beviljat"
        return _needed(NeededStep.NOT_ALLOWED, sentence, "R277")
    return _needed(NeededStep.NEW_DECISION, f"{area.label} är inte beviljat sedan tidigare", "R277")


def _needed(step: NeededStep, sentence: str, rule: str) -> Needed:
    explanation = Step(f"{sentence} ({rule}).", rule, {"step": step.value})
    if step is not NeededStep.EXTENT_CHANGE:
        return Needed(step, must_tell_provider=False, explanation=explanation)
    told = Step(
        sentence="Inget nytt uppdrag skickas, så utföraren ska få ett meddelande (R252).",
        rule="R252",
        children=(explanation,),
    )
    return Needed(step, must_tell_provider=True, explanation=told)
