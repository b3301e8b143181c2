"""JSON with places: the value, and for each part of it the line it stands on, by JSON pointer (RFC 6901).

Numbers become Decimal, so nothing is lost on the way. A key given twice is refused: only one would count.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import NoReturn

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_DEEPEST = 20


class NotJson(ValueError):
    """The text is no JSON that can be used: line, pointer and the reason in Swedish."""

    def __init__(self, line: int, pointer: str, reason: str) -> None:
        super().__init__(line, pointer, reason)
        self.line = line
        self.pointer = pointer
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Document:
    """A JSON value with the line of each of its parts; the pointer of the whole is empty."""

    value: object
    lines: Mapping[str, int]

    def line(self, pointer: str, key: str = "") -> int:
        """The line a part stands on, or the line of a key in it. KeyError for a part that is not there."""
        return self.lines[f"{pointer}/{_escaped(key)}" if key else pointer]


@dataclass(slots=True)
class _Open:
    """An object or list that is being read. `name` is None while a key is expected."""

    pointer: str
    is_list: bool
    name: str | None = None
    count: int = 0

    def place(self) -> str:
        """The pointer of the part whose value comes next."""
        return f"{self.pointer}/{self.count if self.is_list else self.name}"


@dataclass(slots=True)
class _Walk:
    """What is known so far on the way through the text."""

    lines: dict[str, int] = field(default_factory=dict)
    stack: list[_Open] = field(default_factory=list)

    def take(self, sign: str, line: int) -> None:
        """One token of a text that is known to be JSON."""
        inner = self.stack[-1] if self.stack else None
        if sign in "}]":
            self.stack.pop()
        elif sign == "," and inner:
            inner.count += 1
            inner.name = None
        elif sign == ":":
            return
        elif inner and not inner.is_list and inner.name is None:
            self._key(inner, sign, line)
        else:
            place = inner.place() if inner else ""
            self.lines.setdefault(place, line)
            if sign in "{[":
                self._open(place, sign, line)

    def _key(self, inner: _Open, sign: str, line: int) -> None:
        inner.name = _escaped(str(json.loads(sign)))
        if inner.place() in self.lines:
            raise NotJson(line, inner.pointer or "-", "samma nyckel står två gånger; behåll en av dem")
        self.lines[inner.place()] = line

    def _open(self, place: str, sign: str, line: int) -> None:
        if len(self.stack) == _DEEPEST:
            raise NotJson(line, "-", "filen har för många nivåer av parenteser")
        self.stack.append(_Open(place, is_list=sign == "["))


def read_json(text: str) -> Document:
    """The document of a text, or NotJson."""
    try:
        value = json.loads(text, parse_float=_number, parse_int=_number, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        reason = "texten är inte JSON: kontrollera citattecken, komman och parenteser här och på raden före"
        raise NotJson(error.lineno, "-", reason) from None
    except RecursionError:
        raise NotJson(1, "-", "filen har för många nivåer av parenteser") from None
    walk = _Walk()
    line, end = 1, 0
    for found in _TOKEN.finditer(text):
        line += text.count("\n", end, found.start())
        walk.take(found.group(), line)
        end = found.start()
    return Document(value, walk.lines)


def _no_number(word: str) -> NoReturn:
    raise NotJson(1, "-", f"{word} är inget tal i JSON")


def _number(digits: str) -> Decimal:
    try:
        return Decimal(digits)
    except InvalidOperation:
        raise NotJson(1, "-", "ett tal är för stort") from None


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
