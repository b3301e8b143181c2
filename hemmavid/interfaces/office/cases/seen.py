"""The case as the page showed it, carried by each form in a hidden field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django import forms

from hemmavid.cases.operations.revision import CaseChangedMeanwhile, CaseClosed, Seen, TextTooLong
from hemmavid.interfaces.office.cases import refusals
from hemmavid.interfaces.office.cases.forms.fields import too_long
from hemmavid.interfaces.office.requests import OfficeRequest

LONGEST_REVISION = 9


def seen_of(request: OfficeRequest, case_id: UUID) -> Seen:
    """The case and its revision as the form says; an unreadable one counts as long ago."""
    text = request.POST.get("revision", "")
    is_number = text.isdecimal() and text.isascii() and len(text) <= LONGEST_REVISION
    return Seen(case_id, int(text) if is_number else 0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a write went: `is_done`, or what somebody else did meanwhile (the form then shows it)."""

    is_done: bool = False
    meanwhile: tuple[str, ...] = ()


def attempt(form: forms.Form, write: Callable[[], object]) -> Outcome:
    """Write; what any write of a case may be refused for becomes words at the form, and the text stays."""
    try:
        write()
    except CaseChangedMeanwhile as lost:
        return Outcome(meanwhile=tuple(refusals.meanwhile_words(lost)))
    except CaseClosed:
        form.add_error(None, refusals.CLOSED)
    except TextTooLong as refused:
        field = refused.field if refused.field in form.fields else None
        form.add_error(field, too_long(refused.length, refused.most))
    else:
        return Outcome(is_done=True)
    return Outcome()
