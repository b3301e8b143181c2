"""Change a running decision: what it takes, what it does, then the change; end it; rewrite a goal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.audit.operations import Seen, record_look
from hemmavid.cases.operations import changing, ending, goals
from hemmavid.cases.operations.changing import ExtentRequest
from hemmavid.cases.operations.revision import Seen as SeenCase
from hemmavid.cases.queries.case_page import case_head
from hemmavid.cases.queries.case_views import CaseHead, DecisionView
from hemmavid.cases.queries.of_decisions import decision_of
from hemmavid.cases.queries.preview import (
    ChangePreview,
    needed_for_change,
    preview_change,
    preview_ending,
)
from hemmavid.interfaces.office.answers import page_or_part
from hemmavid.interfaces.office.cases import carried, need_words, refusals
from hemmavid.interfaces.office.cases.forms.change import EndingForm, ExtentForm, GoalForm, QuestionForm
from hemmavid.interfaces.office.cases.seen import Outcome, attempt, seen_of
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib import clock
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.rules.assessed_needs import NeedsRefused
from hemmavid.rules.decision_needed import Change, NeededStep
from hemmavid.rules.life_areas import LifeArea
from hemmavid.rules.standard_times import StandardTimes
from hemmavid.settlement import decision_changes
from hemmavid.settlement.decision_changes import OrderCannotFollow
from hemmavid.settlement.previews import TwoSidedPreview

PREVIEW = "rakna"
ENDED_MESSAGE = "Insatsen avslutas."


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: OfficeRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    """What the change takes (in the address), and the change of extent itself."""
    require(request.actor, Permission.DECIDE)
    head, decision = _both(request, case_id, decision_id)
    asked = QuestionForm(request.GET if "andring" in request.GET else None)
    values: dict[str, object] = {"head": head, "decision": decision, "question": asked}
    if asked.is_bound and asked.is_valid():
        answered = _answered(request, asked, head, decision)
        if isinstance(answered, HttpResponse):
            return answered
        values |= answered
    return _shown(request, head, "office/cases/change.html", values)


def _answered(
    request: OfficeRequest, asked: QuestionForm, head: CaseHead, decision: DecisionView
) -> dict[str, object] | HttpResponse:
    has_changed = asked.cleaned_data["behov_andrat"]
    needed = needed_for_change(
        decision.decision_id, asked.change, asked.area, has_need_changed=has_changed, by=request.actor
    )
    values: dict[str, object] = {"needed": needed, "area": asked.area}
    if needed.step is NeededStep.REVISED_ORDER and asked.change is Change.NEW_GOAL:
        goal = next((one.goal for one in decision.areas if one.life_area is asked.area), "")
        return values | {"goal_form": GoalForm(initial={"goal": goal})}
    if needed.step is not NeededStep.EXTENT_CHANGE or asked.change is Change.END_INTERVENTION:
        return values | {"is_ending": asked.change is Change.END_INTERVENTION}
    form = _extent_form(request, asked.change, decision)
    if request.method == "POST" and form.is_valid():
        wanted = form.as_request(asked.area, has_need_changed=has_changed)
        done = _extent(request, form, wanted, head, decision)
        if isinstance(done, HttpResponse):
            return done
        values |= done
    return values | {"form": form}


def _extent_form(request: OfficeRequest, wanted: Change, decision: DecisionView) -> ExtentForm:
    initial = {"valid_from": clock.local_day(request.now), "granted_id": request.GET.get("rad", "")}
    posted = request.POST if request.method == "POST" else None
    return ExtentForm(wanted, decision, _times(request), posted, initial=initial)


def _extent(
    request: OfficeRequest, form: ExtentForm, wanted: ExtentRequest, head: CaseHead, decision: DecisionView
) -> Mapping[str, object] | HttpResponse:
    """Show what the change does, or make it: in the decision and in every order of it."""
    is_preview = request.POST.get("gor") == PREVIEW
    seen, found = seen_of(request, head.case_id), Found()

    def act() -> None:
        if is_preview:
            found.effect = preview_change(wanted, decision.decision_id, by=request.actor, at=request.now)
            found.pay = decision_changes.preview_extent(
                wanted, decision.decision_id, seen, by=request.actor, at=request.now
            )
        else:
            found.carried = decision_changes.change_extent(
                wanted, decision.decision_id, seen, by=request.actor, at=request.now
            )

    shown = _answered_by(request, form, act, found, said="Omfattningen är ändrad.")
    return shown or redirect("office:decision", head.case_id, decision.decision_id)


@dataclass
class Found:
    """What came of a press on a button: a look at the change, or the change."""

    effect: ChangePreview | None = None
    pay: TwoSidedPreview | None = None
    carried: carried.Change | None = None


def _answered_by(
    request: OfficeRequest, form: forms.Form, act: Callable[[], None], found: Found, *, said: str
) -> dict[str, object]:
    """What the page shows of a preview or a refusal; nothing when the change is made and told of."""
    try:
        outcome = attempt(form, act)
    except REFUSALS as refused:
        _take(form, refused)
        return {"preview": found.effect}
    if found.carried is None:
        return {"preview": found.effect, "pay": found.pay, "meanwhile": outcome.meanwhile}
    carried.told_of(request, found.carried, said=said)
    return {}


REFUSALS = (
    changing.DecisionNotInForce,
    changing.DayOutsideDecision,
    changing.WhyMissing,
    changing.MessageMissing,
    changing.NeedAlreadyGranted,
    changing.ChangeRefused,
    ending.NothingToEnd,
    ending.ConfirmationMissing,
    NeedsRefused,
    OrderCannotFollow,
)


def _take(form: forms.Form, refused: Exception) -> None:
    """Put a refusal at its field, in words."""
    if isinstance(refused, NeedsRefused):
        _add(form, ("level",), " ".join(need_words.told(refused)))
    elif isinstance(refused, OrderCannotFollow):
        _add(form, *refusals.order_refusal(refused))
    elif isinstance(refused, changing.ChangeRefused):
        form.add_error(None, refused.needed.explanation.claim)
    else:
        fields, said = _WORDS[type(refused)]
        _add(form, fields, said)


def _add(form: forms.Form, fields: Iterable[str], said: str) -> None:
    """At the first of the fields that the form has; else above it."""
    form.add_error(next((field for field in fields if field in form.fields), None), said)


_WORDS: dict[type[Exception], tuple[tuple[str, ...], str]] = {
    changing.DecisionNotInForce: ((), refusals.NOT_IN_FORCE),
    changing.DayOutsideDecision: (("valid_from", "last_day"), refusals.OUTSIDE),
    changing.WhyMissing: (("why",), refusals.NO_WHY),
    changing.MessageMissing: (("message",), refusals.NO_MESSAGE),
    changing.NeedAlreadyGranted: (("level",), refusals.ALREADY_GRANTED),
    ending.NothingToEnd: (("granted_ids",), "Allt är redan avslutat den dagen."),
    ending.ConfirmationMissing: (("confirmed_how", "how"), "Skriv hur avslutet bekräftades."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: OfficeRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    """End something granted, often back-dated; the effect is shown before it is saved (BH5)."""
    require(request.actor, Permission.DECIDE)
    head, decision = _both(request, case_id, decision_id)
    yesterday = clock.local_day(request.now) - timedelta(days=1)
    initial = {"last_day": yesterday, "message": ENDED_MESSAGE, "granted_ids": request.GET.getlist("rad")}
    form = EndingForm(decision, request.POST if request.method == "POST" else None, initial=initial)
    values: dict[str, object] = {"head": head, "decision": decision, "form": form}
    if form.is_bound and form.is_valid():
        shown = _end(request, form, head, decision)
        if not shown:
            return redirect("office:decision", head.case_id, decision.decision_id)
        values |= shown
    return _shown(request, head, "office/cases/end.html", values)


def _end(
    request: OfficeRequest, form: EndingForm, head: CaseHead, decision: DecisionView
) -> dict[str, object]:
    """Show what the ending does, make it, or note that the person is to confirm it first (R297)."""
    seen, found, wanted = seen_of(request, head.case_id), Found(), form.as_ending()
    if request.POST.get("gor") != PREVIEW and not wanted.confirmed_how:
        return _asked(request, form, seen, decision)

    def act() -> None:
        if request.POST.get("gor") == PREVIEW:
            found.effect = _ending_preview(request, form, decision)
            found.pay = decision_changes.preview_ending(
                wanted, decision.decision_id, seen, by=request.actor, at=request.now
            )
        else:
            found.carried = decision_changes.end_granted(
                wanted, decision.decision_id, seen, by=request.actor, at=request.now
            )

    return _answered_by(request, form, act, found, said="Avslutat.")


def _asked(
    request: OfficeRequest, form: EndingForm, seen: SeenCase, decision: DecisionView
) -> dict[str, object]:
    done: list[UUID] = []

    def ask() -> None:
        done.append(
            ending.ask_to_end(form.as_ending(), decision.decision_id, seen, by=request.actor, at=request.now)
        )

    try:
        outcome = attempt(form, ask)
    except REFUSALS as refused:
        _take(form, refused)
        return {"preview": None}
    if done:
        messages.success(request, refusals.TO_CONFIRM)
        return {}
    return {"meanwhile": outcome.meanwhile}


def _ending_preview(request: OfficeRequest, form: EndingForm, decision: DecisionView) -> ChangePreview:
    area = decision.needs[0].life_area if decision.needs else LifeArea.PERSONAL_CARE
    wanted = ExtentRequest(Change.END_INTERVENTION, area, form.ended_from, "")
    return preview_ending(decision.decision_id, form.chosen, wanted, by=request.actor, at=request.now)


@require_POST
def goal(request: OfficeRequest, case_id: UUID, decision_id: UUID, area: str) -> HttpResponse:
    """Rewrite the goal of a granted life area; the order is to be revised (R294)."""
    require(request.actor, Permission.DECIDE)
    if area not in {one.value for one in LifeArea}:
        raise Http404
    head, decision = _both(request, case_id, decision_id)
    form = GoalForm(request.POST)
    values: dict[str, object] = {
        "head": head,
        "decision": decision,
        "question": QuestionForm(initial={"andring": Change.NEW_GOAL.value, "omrade": area}),
        "goal_form": form,
        "area": LifeArea(area),
    }
    if form.is_valid():
        outcome = _goal_changed(request, form, LifeArea(area), head, decision)
        if outcome.is_done:
            messages.success(request, "Målet är ändrat. Skicka uppdraget i en ny version.")
            return redirect("office:decision", case_id, decision_id)
        values["meanwhile"] = outcome.meanwhile
    return _shown(request, head, "office/cases/change.html", values)


def _goal_changed(
    request: OfficeRequest, form: GoalForm, area: LifeArea, head: CaseHead, decision: DecisionView
) -> Outcome:
    seen = seen_of(request, head.case_id)

    def write() -> None:
        goals.change_goal(
            area,
            form.cleaned_data["goal"],
            decision_id=decision.decision_id,
            seen=seen,
            by=request.actor,
            at=request.now,
        )

    try:
        return attempt(form, write)
    except goals.GoalMissing:
        form.add_error("goal", f"Skriv minst ett mål för {area.label}.")
    except changing.ChangeRefused as refused:
        form.add_error("goal", refused.needed.explanation.claim)
    except changing.DecisionNotInForce:
        form.add_error("goal", refusals.NOT_IN_FORCE)
    return Outcome()


def _both(request: OfficeRequest, case_id: UUID, decision_id: UUID) -> tuple[CaseHead, DecisionView]:
    day = clock.local_day(request.now)
    head = case_head(case_id, on=day, by=request.actor)
    return head, decision_of(decision_id, case_id, on=day, by=request.actor)


def _times(request: OfficeRequest) -> StandardTimes:
    day = clock.local_day(request.now)
    return parameters_in_use().at("frame_time.standard_times", day).standard_times


def _shown(
    request: OfficeRequest, head: CaseHead, template: str, values: Mapping[str, object]
) -> HttpResponse:
    seen = Seen("decision-change", client_id=head.client.client_id)
    record_look(seen, by=request.actor, at=request.now)
    defaults: dict[str, object] = {
        "form": None,
        "goal_form": None,
        "needed": None,
        "preview": None,
        "pay": None,
        "meanwhile": (),
        "is_ending": False,
        "area": None,
    }
    return page_or_part(request, template, {**defaults, **values}, part="change")
