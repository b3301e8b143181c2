"""Why a figure is what it is: a tree of steps, each one Swedish sentence with its rule and parameter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from hemmavid.rules.parameter_files import DatedValue


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `children` are what it rests on and are told before it."""

    sentence: str
    rule: str
    inputs: Mapping[str, str] = field(default_factory=dict)
    parameter: str = ""
    valid_from: date | None = None
    decided_by: str = ""
    reference: str = ""
    children: tuple[Step, ...] = ()

    @property
    def claim(self) -> str:
        """The sentence without its grounds: what is said, for whoever only wants to know that."""
        said, found, _ = self._parts
        return f"{said}." if found else self.sentence

    @property
    def grounds(self) -> str:
        """The grounds alone: rule, parameter, its date and who decided it; empty when the claim is all."""
        _, found, grounds = self._parts
        return f"{self.rule}{grounds.removesuffix('.').removesuffix(')')}" if found else ""

    @property
    def _parts(self) -> tuple[str, str, str]:
        return self.sentence.rpartition(f" ({self.rule}") if self.rule else ("", "", self.sentence)

    def steps(self) -> Iterator[Step]:
        """All steps of the tree in the order they are told: grounds first, then what follows from them."""
        for child in self.children:
            yield from child.steps()
        yield self

    def because(self) -> tuple[str, ...]:
        """The sentences of all steps, as in contract.md section 5."""
        return tuple(step.sentence for step in self.steps())


def parameter_step(
    sentence: str, rule: str, dated: DatedValue, inputs: Mapping[str, str], *children: Step
) -> Step:
    """A step that rests on a dated parameter: the sentence, then parameter, date and decision."""
    told = f"{sentence} ({rule}; parameter {dated.name} gäller från {dated.valid_from.isoformat()}"
    told += f", beslutad av {dated.decided_by}, {dated.reference})" if dated.decided_by else ")"
    return Step(
        sentence=told + ".",
        rule=rule,
        inputs=inputs,
        parameter=dated.name,
        valid_from=dated.valid_from,
        decided_by=dated.decided_by,
        reference=dated.reference,
        children=children,
    )
