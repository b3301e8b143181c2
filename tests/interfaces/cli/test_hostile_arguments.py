"""Words of a command that nobody would write in good faith end in a sentence, never in a traceback."""

import argparse

import pytest

from hemmavid.interfaces.cli import wanted


@pytest.mark.parametrize("text", ["9998-12", "9999-12", "0001-01", "2022-13", "٢٠٢٢-١١", "2022-11\n", ""])
def test_a_month_at_the_calendars_end_is_refused_as_a_month(text):
    parser = argparse.ArgumentParser(exit_on_error=False)
    wanted.add_month(parser)
    with pytest.raises(argparse.ArgumentError, match="ingen månad"):
        parser.parse_args(["--month", text])
