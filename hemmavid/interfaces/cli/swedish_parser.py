"""argparse in Swedish: headings, `-h`, and the messages a user can meet."""

import argparse
import re
from collections.abc import Iterable
from typing import NoReturn

from hemmavid.interfaces.cli import exits

_HEADINGS = {
    "positional arguments": "argument",
    "options": "flaggor",
    "usage: ": "användning: ",
}
_MESSAGES = (
    (r"the following arguments are required: (.+)", r"det här saknas: \1"),
    (r"unrecognized arguments: (.+)", r"känner inte igen: \1"),
    (r"expected one argument", r"behöver ett värde"),
    (r"expected at least one argument", r"behöver minst ett värde"),
    (r"expected (\d+) arguments?", r"behöver \1 värden"),
    (r"invalid choice: (.+) \(choose from (.+)\)", r"\1 finns inte, välj bland \2"),
    (r"invalid int value: (.+)", r"\1 är inget heltal"),
    (r"invalid \w+ value: (.+)", r"\1 kan inte läsas"),
    (r"not allowed with argument (.+)", r"går inte ihop med \1"),
    (r"one of the arguments (.+) is required", r"en av dessa behövs: \1"),
    (r"ambiguous option: (.+) could match (.+)", r"\1 kan betyda \2"),
    (r"ignored explicit argument (.+)", r"tar inget värde, men fick \1"),
)


class SwedishHelp(argparse.RawDescriptionHelpFormatter):
    """Help with Swedish headings; descriptions and examples keep their line breaks."""

    def start_section(self, heading: str | None) -> None:
        """A heading, in Swedish when it is one of argparse's own."""
        super().start_section(_HEADINGS.get(heading or "", heading))

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """The line that shows how to call."""
        super().add_usage(usage, actions, groups, _HEADINGS["usage: "] if prefix is None else prefix)


class SwedishParser(argparse.ArgumentParser):
    """A parser that answers in Swedish; a wrong call ends with exit status 2, options are never guessed."""

    def __init__(
        self, prog: str | None = None, description: str | None = None, epilog: str | None = None
    ) -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            formatter_class=SwedishHelp,
            add_help=False,
            allow_abbrev=False,
        )
        self.add_argument("-h", "--help", action="help", help="visa den här hjälpen")

    def error(self, message: str) -> NoReturn:
        """Say in Swedish what is wrong and where to read more."""
        self.exit(exits.USAGE, f"{self.prog}: {in_swedish(message)}\nLäs mer: {self.prog} --help\n")


def in_swedish(message: str) -> str:
    """argparse's message with its fixed words in Swedish; our own Swedish texts pass through."""
    named = re.fullmatch(r"argument (\S+): (.+)", message, flags=re.DOTALL)
    if named:
        return f"{named.group(1)}: {in_swedish(named.group(2))}"
    for pattern, replacement in _MESSAGES:
        if found := re.fullmatch(pattern, message, flags=re.DOTALL):
            return found.expand(replacement)
    return message
