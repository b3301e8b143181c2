"""Writing to the terminal: results to stdout, everything else to stderr."""

import sys


def say(text: str) -> None:
    """A line of result or of progress worth keeping, on stdout."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """A line of refusal or warning, on stderr."""
    sys.stdout.flush()
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
