"""Who performs: the provider chosen, the one who leaves until the next has receipted, and who leads.

R050, R224, R227; sweden.md: no choice means the municipality's own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from hemmavid.lib.periods import ONE_DAY, Period
from hemmavid.lib.swedish import long_date
from hemmavid.rules.explanation import Step, parameter_step
from hemmavid.rules.parameter_files import ParameterSet
from hemmavid.rules.wall_clock import day_shown


@dataclass(frozen=True, slots=True)
class ChosenProvider:
    """The provider an order goes to, and whether the client chose it."""

    provider: str
    is_chosen: bool
    explanation: Step


@dataclass(frozen=True, slots=True)
class Assignment:
    """One provider's order: its first day, the day its start was receipted, the first day after its end."""

    provider: str
    starts_on: date
    receipted_on: date | None = None
    ends_on: date | None = None

    @property
    def taken_over_on(self) -> date | None:
        """The day it takes over: when it has both started and been receipted; None until then."""
        return None if self.receipted_on is None else max(self.starts_on, self.receipted_on)


@dataclass(frozen=True, slots=True)
class Performer:
    """Who performs on a day, and is paid for it; None when nobody does."""

    provider: str | None
    explanation: Step


@dataclass(frozen=True, slots=True)
class ProviderOrder:
    """One running order of a client, for choosing who leads the cooperation."""

    provider: str
    starts_on: date
    interventions: Collection[str]


@dataclass(frozen=True, slots=True)
class LeadProvider:
    """The provider mainly responsible for cooperation; None without orders."""

    provider: str | None
    explanation: Step


def chosen_provider(choice: str | None, *, municipal: str) -> ChosenProvider:
    """The provider the client chose, or the municipality's own when no choice was made."""
    if choice:
        return ChosenProvider(
            choice, is_chosen=True, explanation=Step("Brukaren har valt utföraren (R050).", "R050")
        )
    sentence = "Brukaren har inte valt utförare, så kommunens egen regi utför (R050)."
    return ChosenProvider(municipal, is_chosen=False, explanation=Step(sentence, "R050"))


def who_performs(day: date, assignments: Sequence[Assignment]) -> Performer:
    """Who performs on the day: the last to have taken over, until the next has receipted (R227).

    The assignments are those of the same help, one after the other; help that runs side by side is asked for
    on its own. An end without a successor is the end. An end before the successor's receipt waits for it.
    """
    taken = [(over, each) for each in assignments if (over := each.taken_over_on) is not None and over <= day]
    if not taken:
        return Performer(None, Step(f"Ingen har tagit över den {long_date(day)} (R227).", "R227"))
    over, current = max(taken, key=lambda pair: (pair[0], pair[1].starts_on, pair[1].provider))
    inputs = {"day": day.isoformat(), "taken_over_on": over.isoformat()}
    if current.ends_on is not None and current.ends_on <= day:
        if not _successors(current, assignments):
            sentence = f"Uppdraget är avslutat och ingen tar över den {long_date(day)} (R227)."
            return Performer(None, Step(sentence, "R227", inputs))
        sentence = f"Utföraren som lämnar utför {day_shown(day)}: nästa har inte kvitterat (R227)."
        return Performer(current.provider, Step(sentence, "R227", inputs))
    sentence = f"Utför {day_shown(day)}, kvitterat och startat {day_shown(over)} (R227)."
    return Performer(current.provider, Step(sentence, "R227", inputs))


def gaps_of(period: Period, assignments: Sequence[Assignment]) -> tuple[Period, ...]:
    """The days of a period with an end on which nobody performs, joined; ValueError without an end."""
    if period.end is None:
        raise ValueError(f"a period without end has endless days from {period.start}")
    gaps: list[Period] = []
    day = period.start
    while day < period.end:
        if who_performs(day, assignments).provider is None:
            joins = bool(gaps) and gaps[-1].end == day
            start = gaps.pop().start if joins else day
            gaps.append(Period(start, day + ONE_DAY))
        day += ONE_DAY
    return tuple(gaps)


def may_leave(leaving: Assignment, assignments: Sequence[Assignment], *, ends_on: date) -> bool:
    """Whether the leaving provider's order may end on the day (its first day off): R227.

    It may when nobody follows, or when one who follows has taken over by then.
    """
    successors = _successors(leaving, assignments)
    return not successors or any(
        over is not None and over <= ends_on for over in (each.taken_over_on for each in successors)
    )


def lead_provider(
    orders: Sequence[ProviderOrder], *, overruled_by: str = "", on: date, parameters: ParameterSet
) -> LeadProvider:
    """Who leads the cooperation on the day: the provider of personal care (R224), unless overruled.

    Of several, or of none with personal care, the one whose order started first. `overruled_by` counts only
    for a provider that has an order.
    """
    if overruled_by and any(order.provider == overruled_by for order in orders):
        sentence = "Handläggaren har valt vem som är huvudansvarig (R224)."
        return LeadProvider(overruled_by, Step(sentence, "R224"))
    if not orders:
        return LeadProvider(None, Step("Inget uppdrag, så ingen är huvudansvarig (R224).", "R224"))
    care = parameters.at("insats.personal_care", on)
    caring = [order for order in orders if set(order.interventions) & set(care.words)]
    lead = min(caring or orders, key=lambda order: (order.starts_on, order.provider))
    said = (
        "Huvudansvarig är utföraren av omvårdnaden"
        if caring
        else "Ingen utför omvårdnad: den som började först"
    )
    return LeadProvider(lead.provider, parameter_step(said, "R224", care, {"provider": lead.provider}))


def _successors(leaving: Assignment, assignments: Sequence[Assignment]) -> list[Assignment]:
    return [each for each in assignments if each != leaving and each.starts_on >= leaving.starts_on]
