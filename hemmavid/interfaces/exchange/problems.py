"""What is wrong with a folder: where, why, and what to do; never a personal number or a name."""

import re
from dataclasses import dataclass, field

MOST_SHOWN = 100
_LONGEST_SHOWN = 60
# A personal number may have strayed into any column, so whatever looks like one is never repeated.
_LIKE_PERSONAL_NUMBER = re.compile(r"\d{6,8}[-+ ]?\d{4}")


@dataclass(frozen=True, slots=True)
class Problem:
    """One error or warning of an import; prints as contract.md section 2 says.

    `column` is `-` when no single column is to blame; `value` is empty when there is none or it is personal.
    """

    file: str
    line: int
    column: str
    reason: str
    value: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.column}: {self.reason}"


@dataclass(slots=True)
class Findings:
    """The first hundred problems of a kind; the rest are counted (so memory stays constant)."""

    kept: list[Problem] = field(default_factory=list)
    more: int = 0

    @property
    def room(self) -> int:
        """How many more are kept."""
        return MOST_SHOWN - len(self.kept)

    def add(self, problem: Problem) -> None:
        """Keep the problem, or count it."""
        if self.room > 0:
            self.kept.append(problem)
        else:
            self.more += 1

    def __bool__(self) -> bool:
        return bool(self.kept)


def shown(value: str) -> str:
    """A value fit for one line of text, or nothing when it may be a personal number."""
    if _LIKE_PERSONAL_NUMBER.search(value):
        return ""
    clean = on_one_line(value[: _LONGEST_SHOWN + 1])
    return clean if len(clean) <= _LONGEST_SHOWN else f"{clean[:_LONGEST_SHOWN]}…"


def on_one_line(value: str) -> str:
    """The text with a dot for whatever cannot be printed, such as a line break."""
    return "".join(letter if letter.isprintable() else "·" for letter in value)
