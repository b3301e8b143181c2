"""What stands in an address, and what the views get of it."""

from hemmavid.lib.periods import Month


class MonthConverter:
    """2022-11 in the address, a `Month` in the view; a month that is none has no page."""

    regex = "[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> Month:
        """Raises ValueError, which Django answers by 404."""
        return Month.parse(value)

    def to_url(self, value: Month) -> str:
        """As it is written in the contract."""
        return str(value)
