"""Pieces of the forms of a case: `{% load case_forms %}`."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def as_it_was(bound: BoundField) -> SafeString:
    """`{{ form.need|as_it_was }}`: the field's first value, hidden, so that only what is changed is saved."""
    return bound.as_hidden(only_initial=True)


@register.inclusion_tag("office/cases/parts/check.html")
def tick(bound: BoundField) -> dict[str, object]:
    """`{% tick form.is_urgent %}`: a box to tick with its label beside it, hint and error."""
    described = [f"{bound.auto_id}_hint"] if bound.help_text else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    attributes: dict[str, str | bool] = {"aria-describedby": " ".join(described)} if described else {}
    return {"field": bound, "control": bound.as_widget(attrs=attributes)}


@register.inclusion_tag("office/cases/parts/checks.html")
def ticks(bound: BoundField) -> dict[str, object]:
    """`{% ticks form.granted %}`: several boxes under one legend."""
    return {"field": bound}


@register.filter
def part(mapping: dict[str, object], key: str) -> object:
    """`{{ forms|part:"event" }}`: the form of the name."""
    return mapping[key]
