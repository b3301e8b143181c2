"""What fails in a test that would only go wrong some day in production."""

import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import models
from django.db.models.expressions import OrderBy
from django.db.models.functions import Random
from django.db.models.sql.compiler import SQLCompiler
from django.template.base import FilterExpression, Variable


def shuffle_unordered(patch: pytest.MonkeyPatch) -> None:
    """Rows that nobody ordered come in random order, so that no test leans on the order of insertion."""
    pairs_of = SQLCompiler._order_by_pairs

    def shuffled(compiler: SQLCompiler) -> Iterator[tuple[OrderBy, bool]]:
        pairs = list(pairs_of(compiler))
        query = compiler.query
        if not (pairs or query.distinct or query.combinator or query.group_by is not None):
            pairs = [(OrderBy(Random()), False)]
        yield from pairs

    patch.setattr(SQLCompiler, "_order_by_pairs", shuffled)


def refuse_instants_as_days(patch: pytest.MonkeyPatch) -> None:
    """A datetime in a DateField loses its time and, near midnight, lands on the wrong day."""
    for method in ("to_python", "get_prep_value"):
        original = getattr(models.DateField, method)

        def checked(field: models.DateField, value: Any, _original: Any = original) -> Any:
            # DateTimeField is a DateField to Python, and is meant to hold instants.
            if isinstance(value, datetime) and not isinstance(field, models.DateTimeField):
                raise AssertionError(f"{field} is a day and was given the instant {value!r}")
            return _original(field, value)

        patch.setattr(models.DateField, method, checked)


def demand_named_locks(patch: pytest.MonkeyPatch) -> None:
    """Our `select_for_update` says of which tables, else a join locks rows of others too."""
    original = models.QuerySet.select_for_update

    def named(queryset: Any, *arguments: Any, **options: Any) -> Any:
        caller = sys._getframe(1).f_globals.get("__name__", "")
        if caller.startswith("hemmavid.") and not options.get("of"):
            raise AssertionError(f"select_for_update without of= in {caller}")
        return original(queryset, *arguments, **options)

    patch.setattr(models.QuerySet, "select_for_update", named)


def refuse_unknown_names_in_conditions(patch: pytest.MonkeyPatch) -> None:
    """`{% if clinet %}` is false for ever; pytest-django alone only sees unknown names that are printed."""
    original = FilterExpression.resolve

    def strict(expression: FilterExpression, context: Any, ignore_failures: bool = False) -> Any:
        variable = expression.var
        if isinstance(variable, Variable) and variable.lookups is not None:
            origin = getattr(context.render_context.template, "origin", None)
            is_ours = "/hemmavid/" in getattr(origin, "name", "")
            if is_ours and variable.lookups[0] not in context and not _has_default(expression):
                raise AssertionError(f"the template {origin} uses the unknown name {expression.token}")
        return original(expression, context, ignore_failures)

    patch.setattr(FilterExpression, "resolve", strict)


def _has_default(expression: FilterExpression) -> bool:
    return any(filter_.__name__ in {"default", "default_if_none"} for filter_, _ in expression.filters)
