"""Filters that write figures and days in Swedish. The writing itself is hemmavid/lib/swedish.py.

`{% load formats %}` then `{{ value|hours }}` 12,43 · `{{ value|hours_or_blank }}` blank for zero ·
`{{ minutes|care_time }}` 1 tim 30 min · `{{ amount|kronor }}` 5 966,40 kr (a `Money`) ·
`{{ amount|signed_kronor }}` · `{{ n|count }}` 1 234 ·
`{{ day|swedish_date }}` 24 april 2024 · `{{ day|table_date }}` 2024-04-24 ·
`{{ instant|clock }}` kl. 13.15 · `{{ instant|table_clock }}` 13.15 ·
`{{ instant|moment }}` 24 april 2024 kl. 13.15 ·
`{{ day_or_month|month_name }}` november 2022 · `{{ day|weekday }}` måndag.
None is written as nothing. A wrong type is an error in the view and raises.
"""

from datetime import date, datetime
from decimal import Decimal

from django import template

from hemmavid.lib import swedish
from hemmavid.lib.money import Money
from hemmavid.lib.periods import Month

register = template.Library()


@register.filter
def hours(value: Decimal | None) -> str:
    """12,43 – the unit stands in the heading or beside."""
    return "" if value is None else swedish.number(value)


@register.filter
def hours_or_blank(value: Decimal | None) -> str:
    """As `hours`, zero left blank, as in the printed hours statement."""
    return swedish.number_or_blank(value)


@register.filter
def care_time(minutes: int) -> str:
    """1 tim 30 min."""
    return swedish.care_time(minutes)


@register.filter
def kronor(amount: Money | None) -> str:
    """5 966,40 kr."""
    return "" if amount is None else swedish.kronor(amount)


@register.filter
def signed_kronor(amount: Money | None) -> str:
    """+5 966,40 kr: a difference."""
    return "" if amount is None else swedish.signed_kronor(amount)


@register.filter
def count(value: int | None) -> str:
    """1 234."""
    return "" if value is None else swedish.number(value, 0)


@register.filter
def swedish_date(day: date | None) -> str:
    """24 april 2024."""
    return "" if day is None else swedish.long_date(day)


@register.filter
def table_date(day: date | None) -> str:
    """2024-04-24."""
    return "" if day is None else swedish.short_date(day)


@register.filter
def clock(instant: datetime | None) -> str:
    """kl. 13.15."""
    return "" if instant is None else swedish.clock_text(instant)


@register.filter
def table_clock(instant: datetime | None) -> str:
    """13.15."""
    return "" if instant is None else swedish.clock_table(instant)


@register.filter
def moment(instant: datetime | None) -> str:
    """24 april 2024 kl. 13.15."""
    return "" if instant is None else swedish.moment(instant)


@register.filter
def month_name(month: Month | date | None) -> str:
    """november 2022."""
    if month is None:
        return ""
    return swedish.month_name(month if isinstance(month, Month) else Month.of(month))


@register.filter
def weekday(day: date | None) -> str:
    """måndag."""
    return "" if day is None else swedish.weekday_name(day)
