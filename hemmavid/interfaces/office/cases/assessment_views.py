"""The assessment on one page: saved as a whole, its frame time shown as levels are chosen (R283, R284)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.audit.operations import Seen, record_look
from hemmavid.cases.operations import assessing, needs, writing
from hemmavid.cases.queries.assessing import AssessmentOnPage, assessment_page
from hemmavid.cases.queries.preview import preview_needs
from hemmavid.interfaces.office.answers import page_or_part
from hemmavid.interfaces.office.cases import need_words
from hemmavid.interfaces.office.cases.forms.assessment import AreaOnPage, WholeForm, area_forms, whole_form
from hemmavid.interfaces.office.cases.forms.needs import (
    NeedRow,
    TimedRow,
    need_rows,
    read_needs,
    timed_rows,
)
from hemmavid.interfaces.office.cases.seen import attempt, seen_of
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.rules.assessed_needs import NeedsRefused
from hemmavid.rules.frame_time import FrameTime

SAVE, PREVIEW, MORE_ROWS, COMPLETE = "spara", "rakna", "rader", "klar"
INCOMPLETE = {
    "no_home_visit": ("home_visit_on", "Ange dagen för hembesöket, eller varför det uppenbart inte behövs."),
    "no_area": (None, "Skriv om minst ett livsområde innan utredningen är klar."),
}


@dataclass(slots=True)
class _Page:
    """The forms of the page, as stored or as posted."""

    stored: AssessmentOnPage
    whole: WholeForm
    areas: list[AreaOnPage]
    rows: list[NeedRow]
    timed: list[TimedRow]
    meanwhile: tuple[str, ...] = ()

    @property
    def forms(self) -> list[forms.Form]:
        """All of them; an untouched area is not among them."""
        changed = [one.form for one in self.areas if one.form.has_changed()]
        bound_rows = [row for row in (*self.rows, *self.timed) if row.is_bound]
        return [self.whole, *changed, *bound_rows]

    def is_valid(self) -> bool:
        """Whether every form holds; all are read, so that every fault is told at once."""
        return not [form for form in self.forms if not form.is_valid()]


@require_http_methods(["GET", "HEAD", "POST"])
def assessment(request: OfficeRequest, case_id: UUID) -> HttpResponse:
    """The assessment under way. Saved, counted, or made complete by the button pressed."""
    require(request.actor, Permission.CASE_READ)
    stored = assessment_page(case_id, by=request.actor, at=request.now)
    posted = request.POST if request.method == "POST" else None
    page = _page(stored, posted)
    pressed = request.POST.get("gor", SAVE)
    if posted is not None and pressed in {SAVE, COMPLETE}:
        require(request.actor, Permission.CASE_WRITE)
        if page.is_valid() and _is_saved(request, page, case_id, complete=pressed == COMPLETE):
            said = "Utredningen är klar." if pressed == COMPLETE else "Utredningen är sparad."
            messages.success(request, said)
            return redirect("office:case" if pressed == COMPLETE else "office:assessment", case_id)
    return _answer(request, page)


def _page(stored: AssessmentOnPage, posted: Mapping[str, str] | None) -> _Page:
    pressed = posted.get("gor") if posted is not None else None
    blank = 0 if pressed in {SAVE, COMPLETE, PREVIEW} else 3
    return _Page(
        stored,
        whole_form(stored.view, posted),
        area_forms(stored.view, posted),
        need_rows(stored.times, stored.need_initial, posted, blank=blank),
        timed_rows(stored.timed_initial, posted, blank=1 if pressed in {None, MORE_ROWS} else 0),
    )


def _is_saved(request: OfficeRequest, page: _Page, case_id: UUID, *, complete: bool) -> bool:
    timed = [need for row in page.timed if row.is_bound and (need := row.as_timed()) is not None]
    kept = writing.AssessmentPage(
        text=page.whole.as_text(),
        areas=tuple(one.form.as_area(one.area) for one in page.areas if one.form.has_changed()),
        needs=read_needs([row for row in page.rows if row.is_bound], page.stored.times).needs,
        outside=tuple(timed),
    )
    seen = seen_of(request, case_id)

    def write() -> None:
        writing.save_and(kept, seen, completes=complete, by=request.actor, at=request.now)

    try:
        outcome = attempt(page.whole, write)
    except NeedsRefused as refused:
        need_words.take_needs(refused, page.rows)
    except needs.OutsideNeedsRefused as refused:
        need_words.take_outside(refused, page.timed)
    except assessing.AssessmentIncomplete as refused:
        for code in refused.codes:
            page.whole.add_error(*INCOMPLETE[code])
    else:
        page.meanwhile = outcome.meanwhile
        return outcome.is_done
    return False


def _answer(request: OfficeRequest, page: _Page) -> HttpResponse:
    found, refused = _preview(request, page)
    view = page.stored
    seen = Seen("assessment", client_id=view.head.client.client_id)
    record_look(seen, by=request.actor, at=request.now)
    values = {
        "head": view.head,
        "assessment": view.view,
        "whole": page.whole,
        "areas": page.areas,
        "rows": page.rows,
        "timed": page.timed,
        "wrong": [form for form in page.forms if form.is_bound and form.errors],
        "meanwhile": page.meanwhile,
        "frame_time": found,
        "refused": refused,
        "guidelines": [need for need in view.view.needs if need.guideline],
        "may_write": request.actor.may(Permission.CASE_WRITE) and view.head.is_open,
    }
    return page_or_part(request, "office/cases/assessment.html", values, part="frame_time")


def _preview(request: OfficeRequest, page: _Page) -> tuple[FrameTime | None, Sequence[str]]:
    """The frame time of what stands in the rows just now, saved or not."""
    rows = [row for row in page.rows if row.is_bound]
    levels = read_needs(rows, page.stored.times).levels if rows else page.stored.levels
    try:
        return preview_needs(levels, by=request.actor, at=request.now), ()
    except NeedsRefused as refused:
        return None, need_words.told(refused)
