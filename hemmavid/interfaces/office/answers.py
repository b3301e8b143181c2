"""How a page answers: whole, as the part htmx asked for, or as a file made of the same table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.audit.models import Action
from hemmavid.audit.operations import Seen, record_look
from hemmavid.interfaces.office.parts import Downloads
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.reports.pdf import table_pdf
from hemmavid.reports.spreadsheet import csv_bytes, xlsx_bytes
from hemmavid.reports.tables import ReportTable

FORMAT = "format"
LONGEST_NUMBER = 6


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file a table can be had as."""

    content_type: str
    make: Callable[[ReportTable], bytes]


FILE_KINDS: Mapping[str, FileKind] = {
    "csv": FileKind("text/csv; charset=utf-8", csv_bytes),
    "xlsx": FileKind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_bytes),
    "pdf": FileKind("application/pdf", table_pdf),
}


def page_or_part(
    request: OfficeRequest, template: str, values: Mapping[str, object], *, part: str
) -> HttpResponse:
    """The whole page, or only its named part when htmx asked for no more. The address is the same."""
    wants_part = bool(request.htmx) and request.htmx.request_type == "partial"
    response = render(request, f"{template}#{part}" if wants_part else template, dict(values))
    response.headers["Vary"] = "HX-Request, HX-Request-Type"
    return response


def wants_file(request: OfficeRequest) -> bool:
    """Whether the address asks for a file (`?format=xlsx`)."""
    return FORMAT in request.GET


def file_answer(request: OfficeRequest, table: ReportTable, *, name: str, seen: Seen) -> HttpResponse:
    """The table as the file asked for. Written in the look log before it leaves; 404 for an unknown kind."""
    require(request.actor, Permission.EXPORT)
    kind = FILE_KINDS.get(request.GET.get(FORMAT, ""))
    if kind is None:
        raise Http404
    record_look(
        Seen(seen.page, Action.EXPORT, seen.client_id, rows=len(table.rows)), by=request.actor, at=request.now
    )
    filename = f"{name}.{request.GET[FORMAT]}"
    # A client's code is free text: a quotation mark in it must not end the name (RFC 6266).
    disposition = content_disposition_header(as_attachment=True, filename=filename) or "attachment"
    headers = {"Content-Disposition": disposition}
    return HttpResponse(kind.make(table), content_type=kind.content_type, headers=headers)


def downloads(kept: Mapping[str, str]) -> Downloads:
    """Links to the same view as a file; `kept` are its filters."""
    csv, xlsx, pdf = (address({**kept, FORMAT: name}) for name in ("csv", "xlsx", "pdf"))
    return Downloads(csv=csv, xlsx=xlsx, pdf=pdf)


def rows_asked_for(request: OfficeRequest, *, at_first: int, most: int) -> int:
    """How many rows the address asks for (`?visa=100`), never fewer than at first nor more than the most."""
    text = request.GET.get("visa", "")
    wanted = int(text) if text.isdecimal() and len(text) < LONGEST_NUMBER else at_first
    return min(max(wanted, at_first), most)


def address(query: Mapping[str, object]) -> str:
    """The query part of an address, without empty values."""
    return "?" + urlencode({name: str(value) for name, value in query.items() if value})
