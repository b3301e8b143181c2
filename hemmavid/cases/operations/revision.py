"""How every write of a case begins and ends: locked, allowed, at the revision seen; then one higher."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.audit.operations import record_changes
from hemmavid.cases.models import Case, CaseChange, CaseStatus


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """One write that came in between: what (a code), by whom and when."""

    revision: int
    what: str
    by_name: str
    at: datetime


class CaseChangedMeanwhile(Exception):
    """Somebody else wrote in the case first; nothing of this write is stored. `changes`: the oldest first."""

    def __init__(self, case_id: UUID, changes: tuple[Meanwhile, ...]) -> None:
        super().__init__(case_id)
        self.case_id = case_id
        self.changes = changes


class CaseClosed(Exception):
    """The case is closed; a new application opens a new one."""


class TextTooLong(ValueError):
    """A text has more characters than its field holds; `field`, `length` and `most` say which."""

    def __init__(self, field: str, length: int, most: int) -> None:
        super().__init__(field)
        self.field = field
        self.length = length
        self.most = most


@dataclass(frozen=True, slots=True)
class Seen:
    """The case as the writer saw it: which one, and its revision then."""

    case_id: UUID
    revision: int


def locked_case(seen: Seen, *, by: Actor, permission: Permission = Permission.CASE_WRITE) -> Case:
    """The open case, locked. Raises Case.DoesNotExist, Denied, CaseClosed, CaseChangedMeanwhile."""
    case = Case.objects.visible_to(by).select_for_update(of=("self",)).get(pk=seen.case_id)
    require(by, permission)
    if case.status != CaseStatus.OPEN:
        raise CaseClosed(case.number)
    if case.revision != seen.revision:
        raise CaseChangedMeanwhile(case.pk, changes_since(case.pk, seen.revision))
    return case


def changes_since(case_id: UUID, revision: int) -> tuple[Meanwhile, ...]:
    """What was written after the revision, the oldest first."""
    rows = CaseChange.objects.filter(case_id=case_id, revision__gt=revision).order_by("revision")
    return tuple(Meanwhile(*row) for row in rows.values_list("revision", "what", "by_name", "at"))


def written(case: Case, what: str, *, by: Actor, at: datetime) -> int:
    """Count the case up to its next revision and log what was done; the new revision."""
    case.revision += 1
    case.save(update_fields=["revision"])
    note_change(case, what, by=by, at=at)
    return case.revision


def note_change(case: Case, what: str, *, by: Actor, at: datetime) -> None:
    """Remember what brought the case to its revision, here and in the log of who changed what."""
    CaseChange.objects.create(
        case=case, revision=case.revision, what=what, at=at, by_id=by.user_id, by_name=by.name
    )
    record_changes([case.client_id], what=f"case:{what}", by=by, at=at)


def fitting(field: str, text: str, most: int) -> str:
    """The text without outer blanks, or TextTooLong."""
    stripped = text.strip()
    if len(stripped) > most:
        raise TextTooLong(field, len(stripped), most)
    return stripped
