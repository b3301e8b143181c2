"""What stands in an address, and what the views get of it."""

from hemmavid.lib.periods import Month

FIRST_YEAR, LAST_YEAR = 1900, 2200  # beyond them there is nothing to show, and the calendar itself ends


def month_in_address(text: str) -> Month:
    """The month of an address. Raises ValueError for another form and for years nobody asks about."""
    month = Month.parse(text)
    if not FIRST_YEAR <= month.year <= LAST_YEAR:
        raise ValueError(f"no month of ours: {month}")
    return month


class MonthConverter:
    """2022-11 in the address, a `Month` in the view; a month that is none has no page."""

    regex = "[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> Month:
        """Raises ValueError, which Django answers by 404."""
        return month_in_address(value)

    def to_url(self, value: Month) -> str:
        """As it is written in the contract."""
        return str(value)
