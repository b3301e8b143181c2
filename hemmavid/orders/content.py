"""What an order says: the part of a decision that one unit is to perform, as stored and as read.

Built from `cases.queries.order_basis` and nothing else, so that no assessment can come along (R018, R247).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Self

from hemmavid.lib.periods import Period
from hemmavid.lib.swedish import long_date
from hemmavid.rules.granted_time import Per

LONGEST_ANCHOR = 500
"""As much of a sentence as a question about it quotes."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the order. `key` is the same in every version that speaks of the same thing."""

    key: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class NeedText:
    """A need as the performer reads it: what, how much, how often. No minutes (R131)."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class AreaText:
    """A granted life area: its goal, the character of the support, the needs."""

    area: str
    label: str
    goal: str
    supports: tuple[str, ...]
    needs: tuple[NeedText, ...]


@dataclass(frozen=True, slots=True)
class InterventionText:
    """An intervention outside frame time, with its time."""

    code: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the order makes a unit's grant: minutes of an intervention over a period."""

    intervention: str
    minutes: int
    per: Per
    period: Period

    def stored(self) -> dict[str, object]:
        """As JSON."""
        return {
            "intervention": self.intervention,
            "minutes": self.minutes,
            "per": self.per.value,
            "start": self.period.start.isoformat(),
            "end": None if self.period.end is None else self.period.end.isoformat(),
        }

    @classmethod
    def from_stored(cls, row: Mapping[str, Any]) -> Self:
        """From JSON."""
        return cls(row["intervention"], row["minutes"], Per(row["per"]), _period(row["start"], row["end"]))


@dataclass(frozen=True, slots=True)
class OrderContent:
    """One version of an order, whole. `frame_minutes_per_week` None: nothing within frame time."""

    decision_number: str
    kind: str
    period: Period
    areas: tuple[AreaText, ...]
    frame_minutes_per_week: int | None
    interventions: tuple[InterventionText, ...]
    other: str = ""
    grants: tuple[Wanted, ...] = field(default_factory=tuple)

    def stored(self) -> dict[str, Any]:
        """As JSON, for `OrderVersion.content`."""
        return {
            "decision_number": self.decision_number,
            "kind": self.kind,
            "starts_on": self.period.start.isoformat(),
            "ends_on": None if self.period.end is None else self.period.end.isoformat(),
            "areas": [asdict(area) for area in self.areas],
            "frame_minutes_per_week": self.frame_minutes_per_week,
            "interventions": [asdict(one) for one in self.interventions],
            "other": self.other,
            "grants": [grant.stored() for grant in self.grants],
        }

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Self:
        """From `OrderVersion.content`."""
        return cls(
            decision_number=stored["decision_number"],
            kind=stored["kind"],
            period=_period(stored["starts_on"], stored["ends_on"]),
            areas=tuple(_area(row) for row in stored["areas"]),
            frame_minutes_per_week=stored["frame_minutes_per_week"],
            interventions=tuple(InterventionText(**row) for row in stored["interventions"]),
            other=stored["other"],
            grants=tuple(Wanted.from_stored(row) for row in stored.get("grants", ())),
        )

    @property
    def codes(self) -> frozenset[str]:
        """The interventions that become grants."""
        return frozenset(grant.intervention for grant in self.grants)

    def lines(self) -> tuple[Line, ...]:
        """The order sentence by sentence, as it is read, and as a question is anchored to it (FB3)."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[Line]:
        for area in self.areas:
            if area.goal:
                yield Line(f"goal:{area.area}", area.label, f"Mål: {area.goal}")
            if area.supports:
                words = ", ".join(area.supports)
                yield Line(f"support:{area.area}", area.label, f"Stödets karaktär: {words}")
            for need in area.needs:
                yield Line(f"need:{area.area}:{need.key}", area.label, need.text)
        if self.frame_minutes_per_week is not None:
            yield Line("frame", "Ramtid", f"Ramtid: {self.frame_minutes_per_week} minuter i veckan")
        for one in self.interventions:
            yield Line(f"outside:{one.code}", one.label, one.text)
        for text in self.other.splitlines():
            if text.strip():
                yield Line(f"other:{text.strip()}", "Övrigt", text.strip())

    @property
    def text(self) -> str:
        """All of it as running text."""
        return "\n".join(line.text for line in self.lines())


@dataclass(frozen=True, slots=True)
class LineChange:
    """What became of one sentence: `before` empty when new, `after` empty when gone."""

    heading: str
    before: str
    after: str


def difference(before: OrderContent, after: OrderContent) -> tuple[LineChange, ...]:
    """The sentences that differ, in the order one reads; none when both versions say the same (R010)."""
    old, new = _by_key(before.lines()), _by_key(after.lines())
    changes = [
        LineChange(line.heading, old[key].text if key in old else "", line.text)
        for key, line in new.items()
        if key not in old or old[key].text != line.text
    ]
    changes += [LineChange(line.heading, line.text, "") for key, line in old.items() if key not in new]
    if before.period.end != after.period.end:
        changes.append(LineChange("Tid", _end_text(before.period), _end_text(after.period)))
    return tuple(changes)


def holds_sentence(content: OrderContent, anchor: str) -> bool:
    """Whether the order still says the sentence that a question was anchored to (FB3)."""
    return any(line.text[:LONGEST_ANCHOR] == anchor for line in content.lines())


def _by_key(lines: Iterable[Line]) -> dict[str, Line]:
    return {line.key: line for line in lines}


def _end_text(period: Period) -> str:
    last = period.last_day
    return f"Till och med {long_date(last)}" if last else "Tills vidare"


def _period(start: str, end: str | None) -> Period:
    return Period(date.fromisoformat(start), None if end is None else date.fromisoformat(end))


def _area(row: Mapping[str, Any]) -> AreaText:
    needs = tuple(NeedText(**need) for need in row["needs"])
    return AreaText(row["area"], row["label"], row["goal"], tuple(row["supports"]), needs)
