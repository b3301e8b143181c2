"""How a command ends (contract.md section 2)."""

DONE = 0
REFUSED = 1
USAGE = 2
STOPPED = 130  # by Ctrl+C, as every shell expects


class Refused(Exception):
    """The command cannot be done with the data or the machine as they are; the text says why, in Swedish."""


class WrongUsage(Exception):
    """The command was called wrongly, as with an unknown unit; the text says what is right, in Swedish."""
