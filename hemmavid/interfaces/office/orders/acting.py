"""What the views of orders share: try an operation, and say in words why it could not be done."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from hemmavid.interfaces.office.orders import words
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib.pasted import cleaned


def attempt(request: OfficeRequest, action: Callable[[], object], *, done: str) -> bool:
    """Run the operation and tell how it went above the next page; whether it was done."""
    try:
        action()
    except words.EXPECTED as error:
        messages.error(request, words.refusal(error))
        return False
    if done:
        messages.success(request, done)
    return True


def to_order(order_id: UUID) -> HttpResponse:
    """Back to the order's page."""
    return redirect("office:order", order_id)


def revision_of(request: OfficeRequest) -> int:
    """Which revision of the order the page was drawn from; 0 for none, which no order has."""
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def text_of(request: OfficeRequest, name: str) -> str:
    """What was typed in a small form, without what no reader sees."""
    return cleaned(request.POST.get(name, "")).strip()


def tell_faults(request: OfficeRequest, form: forms.Form) -> None:
    """Say above the next page what a small form cannot take, field by field."""
    for name, faults in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        said = " ".join(str(fault) for fault in faults)
        messages.error(request, f"{label}: {said}" if label else said)
