"""Regellaboratoriet: another table over every running case, before anyone decides (R044, R126)."""

from __future__ import annotations

from django.http import Http404, HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.access.scope import scoped
from hemmavid.audit.models import Action
from hemmavid.audit.operations import Seen, record_look
from hemmavid.interfaces.office.answers import file_answer, page_or_part, wants_file
from hemmavid.interfaces.office.laboratory.drawing import distribution, finding
from hemmavid.interfaces.office.laboratory.forms import OWN, TrialForm, versions_of
from hemmavid.interfaces.office.laboratory.table_text import LONGEST_TABLE
from hemmavid.interfaces.office.parts import Crumb, ScreenTable
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib import clock
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.reports.policy_laboratory import GROUPING_LABELS, Grouping, LaboratoryRun, run
from hemmavid.rules.frame_time import FrameTimeRules

TEMPLATE = "office/laboratory/laboratory.html"
CRUMBS = [Crumb("Rapporter", "/rapporter/"), Crumb("Regellaboratoriet")]
KINDS = ("xlsx", "csv", "pdf")


@require_http_methods(["GET", "HEAD", "POST"])
def laboratory(request: OfficeRequest) -> HttpResponse:
    """Choose a table and see what it would give. Posting runs it; nothing is decided and nothing is kept."""
    require(request.actor, Permission.LABORATORY)
    parameters, day = parameters_in_use(), clock.local_day(request.now)
    rules = FrameTimeRules.for_day(day, parameters)
    form = TrialForm(_posted(request), versions_of(parameters), rules)
    values: dict[str, object] = {"form": form, "crumbs": CRUMBS, "run": None}
    if request.method != "POST" or not form.is_valid():
        if wants_file(request):
            raise Http404
        record_look(Seen("laboratory", Action.LIST, rows=0), by=request.actor, at=request.now)
        return page_or_part(request, TEMPLATE, values, part="laboratory")
    with scoped(request.actor, read_only=True):
        found = run(on=day, before=rules, after=form.tried, by=request.actor)
    if wants_file(request):
        return _file(request, found)
    seen = Seen("laboratory", Action.LIST, rows=len(found.changes or ()))
    record_look(seen, by=request.actor, at=request.now)
    return page_or_part(request, TEMPLATE, {**values, **_drawn(found, form)}, part="laboratory")


def _posted(request: OfficeRequest) -> QueryDict | None:
    """What was sent, an uploaded file in place of the text: the page carries it, nobody keeps it."""
    if request.method != "POST":
        return None
    upload = request.FILES.get("file")
    if not upload:
        return request.POST
    sent = request.POST.copy()
    sent["version"] = OWN
    sent["table"] = upload.read(LONGEST_TABLE + 1).decode("utf-8", errors="replace")
    return sent


def _file(request: OfficeRequest, found: LaboratoryRun) -> HttpResponse:
    wanted = request.GET.get("tabell", "")
    table = found.table(Grouping(wanted)) if wanted in set(Grouping) else None
    if table is None:
        raise Http404
    name = f"regellaboratoriet-{wanted}-{found.on}"
    return file_answer(request, table, name=name, seen=Seen("laboratory", rows=len(table.rows)))


def _drawn(found: LaboratoryRun, form: TrialForm) -> dict[str, object]:
    title = finding(found.result.total)
    tables = [
        (grouping, GROUPING_LABELS[grouping], _screen(found, grouping))
        for grouping in (Grouping.UNITS, Grouping.AREAS, Grouping.HOUSEHOLDS, Grouping.CASES)
    ]
    return {
        "run": found,
        "total": found.result.total,
        "title": title,
        "chart": distribution(found.bars, title=title),
        "spread": found.table(Grouping.SPREAD),
        "tables": [(key, label, table) for key, label, table in tables if table is not None],
        "kinds": KINDS,
        "sent": [(name, value) for name, value in form.data.items() if name != "csrfmiddlewaretoken"],
        "steps": list(found.result.total.explanation.children),
    }


def _screen(found: LaboratoryRun, grouping: Grouping) -> ScreenTable | None:
    table = found.table(grouping)
    if table is None:
        return None
    links = [f"/brukare/{case.name.client_id}/" for case in found.changes or ()]
    return ScreenTable(table, links=links if grouping is Grouping.CASES else ())
