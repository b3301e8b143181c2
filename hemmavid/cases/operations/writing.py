"""Everything of an assessment that a page holds, kept in one write: all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hemmavid.access.actors import Actor
from hemmavid.cases.operations.assessing import (
    AreaText,
    AssessmentText,
    complete_assessment,
    save_area,
    save_assessment,
)
from hemmavid.cases.operations.needs import NeedAtLevel, TimedNeed, save_needs, save_outside_needs
from hemmavid.cases.operations.revision import Seen


@dataclass(frozen=True, slots=True)
class AssessmentPage:
    """What the page holds; `areas` are those that were changed on it."""

    text: AssessmentText
    areas: tuple[AreaText, ...]
    needs: tuple[NeedAtLevel, ...]
    outside: tuple[TimedNeed, ...]


@transaction.atomic
def save_page(page: AssessmentPage, seen: Seen, *, by: Actor, at: datetime) -> int:
    """Keep the page; the case's new revision. Raises as each of its parts."""
    revision = save_assessment(page.text, seen, by=by, at=at)
    for area in page.areas:
        revision = save_area(area, Seen(seen.case_id, revision), by=by, at=at)
    revision = save_needs(page.needs, Seen(seen.case_id, revision), by=by, at=at)
    return save_outside_needs(page.outside, Seen(seen.case_id, revision), by=by, at=at)


@transaction.atomic
def save_and(page: AssessmentPage, seen: Seen, *, completes: bool, by: Actor, at: datetime) -> int:
    """Keep the page and, when asked, close the assessment for writing. Raises as both."""
    revision = save_page(page, seen, by=by, at=at)
    if not completes:
        return revision
    return complete_assessment(seen=Seen(seen.case_id, revision), by=by, at=at)
