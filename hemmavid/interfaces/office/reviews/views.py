"""Översyn av ramtid: how near performed time comes, and the message when it does not (R139, R140)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST, require_safe

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.audit.models import Action
from hemmavid.audit.operations import Seen, record_look
from hemmavid.interfaces.office import charts, places
from hemmavid.interfaces.office.answers import (
    address,
    downloads,
    file_answer,
    page_or_part,
    rows_asked_for,
    wants_file,
)
from hemmavid.interfaces.office.parts import Chip, Crumb, ScreenTable
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.interfaces.office.reviews.forms import NeedForm
from hemmavid.lib import clock
from hemmavid.people.queries import client_name
from hemmavid.reports.review_list import Standing, review_list, review_table, share, trend
from hemmavid.reports.review_requests import (
    NeedNotDescribed,
    ReviewAlreadyRequested,
    ReviewDraft,
    ReviewNotOpen,
    request_review,
    review_draft,
)
from hemmavid.reports.weekly_hours import weekly_hours

ROWS_AT_A_TIME, MOST_ROWS = 50, 1000
WEEKS = 8
CHOICES = {"ta-upp": Standing.OPEN, "pa-vag": Standing.COMING, "upptagna": Standing.ASKED}
CHOICE_LABELS = {"ta-upp": "Ta upp nu", "pa-vag": "På väg", "upptagna": "Upptagna"}
REPORTS, LIST = Crumb("Rapporter", "/rapporter/"), Crumb("Översyn av ramtid", "/rapporter/ramtid/")
ASKED = "Översynen är upptagen med myndigheten. Svaret kommer i meddelandet."
ASKED_ALREADY = "Översynen för de här månaderna är redan upptagen. Skriv vidare i det meddelandet."
NOT_OPEN = (
    "Det finns ingen översyn att ta upp. Den öppnas först när skillnaden har varat så länge som regeln säger."
)


@require_safe
def reviews(request: OfficeRequest) -> HttpResponse:
    """The clients with frame time of the person's area: those to take up first."""
    require(request.actor, Permission.HOURS_READ)
    by, query = request.actor, request.GET
    units = places.units_within(Permission.HOURS_READ, by=by)
    unit = places.chosen_unit(units, query.get("enhet", ""))
    choice = query.get("urval", "")
    kept: dict[str, object] = {
        "enhet": unit.code if unit else "",
        "urval": choice if choice in CHOICES else "",
    }
    unit_id = unit.unit_id if unit else None
    found = review_list(on=clock.local_day(request.now), by=by, unit_id=unit_id, standing=CHOICES.get(choice))
    has_units = len(units) > 1
    if wants_file(request):
        table = review_table(found, found.named(by=by), has_units=has_units, has_codes=True)
        seen = Seen("reviews", Action.LIST, rows=len(table.rows))
        return file_answer(request, table, name=f"ramtid-{found.reviews.months[-1]}", seen=seen)
    limit = rows_asked_for(request, at_first=ROWS_AT_A_TIME, most=MOST_ROWS)
    rows = found.named(by=by, most=limit)
    record_look(Seen("reviews", Action.LIST, rows=len(rows)), by=by, at=request.now)
    values = {
        "found": found,
        "table": ScreenTable(
            review_table(found, rows, has_units=has_units, has_codes=False),
            links=[reverse("office:review", args=[name.client_id]) for _, name in rows],
        ),
        "shown": len(rows),
        "units": places.unit_chips(units, unit_id, kept),
        "choices": _choice_chips(found.counts, kept),
        "downloads": downloads({name: str(value) for name, value in kept.items() if value}),
        "more_url": address({**kept, "visa": limit + ROWS_AT_A_TIME}),
        "crumbs": [REPORTS, Crumb(LIST.label)],
    }
    return page_or_part(request, "office/reviews/list.html", values, part="rows")


@require_safe
def review(request: OfficeRequest, client_id: UUID) -> HttpResponse:
    """One client: the months, the weeks, and the draft to the authority when the review is open."""
    return _shown(request, client_id, NeedForm())


@require_POST
def request(request: OfficeRequest, client_id: UUID) -> HttpResponse:
    """Take the review up with the authority."""
    require(request.actor, Permission.MESSAGE_WRITE)
    form = NeedForm(request.POST)
    description = request.POST.get("description", "") if form.is_valid() else ""
    try:
        thread_id = request_review(client_id, description=description, by=request.actor, at=request.now)
    except ReviewAlreadyRequested as already:
        messages.info(request, ASKED_ALREADY)
        return redirect(_thread_url(already.thread.thread_id) or reverse("office:review", args=[client_id]))
    except ReviewNotOpen:
        form.errors.clear()
        form.add_error(None, NOT_OPEN)
    except NeedNotDescribed as refused:
        if not form.errors:
            form.add_error("description", refused.step.claim)
    else:
        messages.success(request, ASKED)
        return redirect(_thread_url(thread_id) or reverse("office:review", args=[client_id]))
    return _shown(request, client_id, form)


def _shown(request: OfficeRequest, client_id: UUID, form: NeedForm) -> HttpResponse:
    require(request.actor, Permission.HOURS_READ)
    name = client_name(client_id, by=request.actor)
    draft = review_draft(client_id, on=clock.local_day(request.now), by=request.actor)
    record_look(Seen("review", client_id=client_id), by=request.actor, at=request.now)
    values = {
        "client": name,
        "draft": draft,
        "form": form,
        "months": _months(draft),
        "steps": list(draft.one.review.explanation.steps()) if draft.one else [],
        "quoted": draft.one.review.draft.strip() if draft.one else "",
        "thread_url": _thread_url(draft.thread.thread_id) if draft.thread else "",
        "crumbs": [REPORTS, LIST, Crumb(name.shown)],
        **_weeks(draft, client_id, request.actor),
    }
    return render(request, "office/reviews/client.html", values)


def _months(draft: ReviewDraft) -> list[dict[str, object]]:
    if draft.one is None:
        return []
    beyond = {figures.month.month for figures in draft.one.review.months}
    return [
        {
            "month": one.month,
            "granted": one.granted_lov_hours,
            "performed": one.performed_hours,
            "difference": one.performed_hours - one.granted_lov_hours,
            "share": share(one),
            "is_beyond": one.month in beyond,
            "bullet": charts.bullet(one.granted_lov_hours, one.performed_hours),
        }
        for one in reversed(draft.one.months)
    ]


def _weeks(draft: ReviewDraft, client_id: UUID, by: Actor) -> dict[str, object]:
    """The eight whole weeks before the newest month's end; all within LOV, as the client page draws them."""
    weeks = [
        charts.Week(str(week.week), week.granted, week.performed)
        for week in weekly_hours(until=draft.on, by=by, weeks=WEEKS, client_id=client_id)
    ]
    return {
        "trend": trend(draft.one.months) if draft.one else "",
        "weeks_title": charts.weeks_finding(weeks),
        "weeks_chart": charts.granted_and_performed(weeks, name="oversynens-veckor"),
        "weeks_table": charts.weeks_table(weeks, as_of=draft.as_of),
    }


def _choice_chips(counts: dict[Standing, int], kept: dict[str, object]) -> list[Chip]:
    """What to look at; the chosen one leads back out."""
    chosen = kept["urval"]
    return [
        Chip(
            f"{CHOICE_LABELS[word]} ×" if word == chosen else CHOICE_LABELS[word],
            address({**kept, "urval": "" if word == chosen else word}),
            is_chosen=word == chosen,
            count=counts[standing],
        )
        for word, standing in CHOICES.items()
    ]


def _thread_url(thread_id: UUID) -> str:
    """Where the messages are read; empty while no page shows them."""
    try:
        return reverse("office:thread", args=[thread_id])
    except NoReverseMatch:
        return ""
