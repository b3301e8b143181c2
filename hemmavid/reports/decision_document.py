"""A decision as a document: what it means in plain words first, the law second, how to appeal last.

Tagged (PDF/UA-1) and archivable (PDF/A-2a), by typst as the reports are.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from uuid import UUID

import typst

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.cases.models import Decision
from hemmavid.cases.queries.case_views import DecisionView, NeedView
from hemmavid.cases.queries.of_decisions import decision_of
from hemmavid.lib import swedish
from hemmavid.lib.clock import local_day
from hemmavid.organisations.models import Municipality
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.people.naming import FIELDS, PersonFields, name_of
from hemmavid.reports.pdf import AUTHOR, STANDARDS

REVOCATION = (
    "Hjälpen kan avslutas när målet är nått, när behovet inte längre finns eller när du inte använder den. "
    "Det kallas återkallelseförbehåll. Du får alltid veta det i förväg."
)
BOARD = "nämnden som har fattat beslutet"


@dataclass(frozen=True, slots=True)
class GrantedPart:
    """One life area with its goal and what is granted in it."""

    heading: str
    goal: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecisionDocument:
    """Everything that is printed, in Swedish. A protected person is written by code and initials."""

    number: str
    decided_on: date
    name: str
    municipality: str
    kind: str
    days: str
    summary: tuple[str, ...]
    parts: tuple[GrantedPart, ...]
    frame_time: str
    reasons: tuple[str, ...]
    start: tuple[str, ...]
    legal_ground: str
    appeal: tuple[str, ...]
    decided_by: str
    made_at: datetime


def document_of(decision_id: UUID, case_id: UUID, *, by: Actor, at: datetime) -> DecisionDocument:
    """The document of a decision that is made in the case.

    Raises Denied, and Decision.DoesNotExist for a draft and for a decision of another case.
    """
    require(by, Permission.CASE_READ)
    decision = decision_of(decision_id, case_id, on=local_day(at), by=by)
    if decision.decided_at is None or decision.period is None:
        raise Decision.DoesNotExist
    person = Decision.objects.visible_to(by).filter(pk=decision_id)
    row = person.values_list(*(f"client__{name}" for name in FIELDS)).get()
    decided_on = local_day(decision.decided_at)
    municipality = Municipality.objects.order_by("pk").first()
    return DecisionDocument(
        number=decision.number,
        decided_on=decided_on,
        name=name_of(PersonFields(*row)).shown,
        municipality=municipality.name if municipality else "",
        kind=decision.kind,
        days=_days(decision),
        summary=_paragraphs(decision.summary),
        parts=_parts(decision),
        frame_time=_frame_time(decision),
        reasons=_paragraphs(decision.reasons),
        start=decision.start_explanation,
        legal_ground=parameters_in_use().at("decision.legal_ground", decided_on).text,
        appeal=_appeal(decided_on),
        decided_by=decision.decided_by,
        made_at=decision.decided_at,
    )


def decision_pdf(document: DecisionDocument) -> bytes:
    """The document on A4; the same document gives the same bytes. Words are text, never markup.

    Raises typst.TypstError if the document cannot be made accessible.
    """
    compiled = typst.Compiler(input=_template(), ignore_system_fonts=True).compile(
        format="pdf",
        sys_inputs={"decision": json.dumps(_as_json(document), ensure_ascii=False)},
        pdf_standards=STANDARDS,
        timestamp=int(document.made_at.timestamp()),
    )
    if not isinstance(compiled, bytes):
        raise TypeError("typst gave no single document")
    return compiled


@cache
def _template() -> bytes:
    return files("hemmavid.reports").joinpath("typst", "decision.typ").read_bytes()


def _as_json(document: DecisionDocument) -> dict[str, object]:
    day = document.decided_on
    return {
        "title": f"Beslut {document.number} om hemtjänst",
        "author": document.municipality or AUTHOR,
        "date": [day.year, day.month, day.day],
        "name": document.name,
        "decided": f"Fattat {swedish.long_date(day)} av {document.decided_by}",
        "kind": document.kind,
        "days": document.days,
        "summary": list(document.summary),
        "parts": [
            {"heading": part.heading, "goal": part.goal, "needs": list(part.needs)} for part in document.parts
        ],
        "frame_time": document.frame_time,
        "revocation": REVOCATION,
        "reasons": list(document.reasons),
        "start": list(document.start),
        "legal_ground": f"Beslutet är fattat med stöd av {document.legal_ground}.",
        "appeal": list(document.appeal),
    }


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("\n") if part.strip())


def _days(decision: DecisionView) -> str:
    period = decision.period
    if period is None or period.last_day is None:
        return ""
    return (
        f"Beslutet gäller från och med {swedish.long_date(period.start)} "
        f"till och med {swedish.long_date(period.last_day)}."
    )


def _parts(decision: DecisionView) -> tuple[GrantedPart, ...]:
    """As decided: what held on the first day, so that later changes of extent do not rewrite the document."""
    start = decision.period.start if decision.period else None
    held = [need for need in decision.needs if need.period and start and need.period.contains(start)]
    areas = {area.life_area: area.goal for area in decision.areas}
    found = list(dict.fromkeys([*areas, *(need.life_area for need in held)]))
    return tuple(
        GrantedPart(
            area.label, areas.get(area, ""), tuple(_words(need) for need in held if need.life_area is area)
        )
        for area in found
    )


def _words(need: NeedView) -> str:
    return f"{need.words} ({need.extent_text})" if need.extent_text else need.words


def _frame_time(decision: DecisionView) -> str:
    if not decision.snapshots:
        return ""
    first = decision.snapshots[0]
    hours = swedish.number(first.hours_per_month)
    return (
        f"Tiden för hjälpen är tillsammans {hours} timmar i månaden (ramtid). "
        "Du och utföraren bestämmer hur den används, efter vad du behöver den dagen."
    )


def _appeal(decided_on: date) -> tuple[str, ...]:
    parameters = parameters_in_use()
    weeks = parameters.at("decision.appeal_weeks", decided_on).whole
    ground = parameters.at("decision.appeal_ground", decided_on).text
    return (
        "Du kan överklaga om du tycker att beslutet är fel. Skriv vilket beslut det gäller, vad du vill "
        "ändra och varför. Skriv också ditt namn, personnummer, din adress och ditt telefonnummer.",
        f"Lämna eller skicka överklagandet till {BOARD}. Det ska ha kommit in inom {weeks} veckor från "
        "den dag du fick beslutet.",
        "Nämnden prövar först om beslutet ska ändras. Annars skickas överklagandet till förvaltningsrätten.",
        f"Rätten att överklaga står i {ground}. Handläggaren hjälper dig om du behöver.",
    )
