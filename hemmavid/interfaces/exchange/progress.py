"""How far an import has come, told to whoever wants to show it."""

from typing import Protocol


class Progress(Protocol):
    """Called now and then with a step, how much of it is done, and how much there is."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show that `done` of `total` of the step is done."""


def silent(step: str, done: int, total: int) -> None:
    """Show nothing."""
