"""How long work shows how far it has come: bars on a terminal, nothing when piped."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from hemmavid.interfaces.exchange.progress import Progress, silent


@contextmanager
def progress_shown() -> Iterator[Progress]:
    """Bars on a terminal, nothing otherwise, so that stderr holds one line per error and nothing else."""
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskID, TaskProgressColumn, TextColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=None)
            bars.update(tasks[step], completed=done, total=total)

        yield show
