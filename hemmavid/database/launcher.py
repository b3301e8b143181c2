"""Sharing the embedded database: the first to come starts it, the last to leave stops it.

Two lock files in HEMMAVID_VAR. `use.lock` is held shared by every process as long as it uses the database;
`start.lock` is held alone during the moments of starting and stopping. The kernel lets go of the locks of a
killed process, so its database is found running by the next one, which stops it in its place.
"""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from hemmavid.database.cluster import Cluster, cluster_at
from hemmavid.database.errors import DatabaseUnusable, Problem
from hemmavid.database.place import CHECKOUT, Place, place_from


@dataclass(slots=True)
class Lease:
    """The right to use the embedded database until `leave`. Also a context manager."""

    place: Place
    cluster: Cluster
    _use: int
    _process: int

    def leave(self) -> None:
        """Let go; whoever is last stops the server. Safe to repeat, and of no effect in a forked child."""
        if self._use < 0 or os.getpid() != self._process:
            return
        with _alone(self.place.start_lock):
            try:
                if _is_last(self._use):
                    self.cluster.stop()
                    self._tidy_up()
            finally:
                os.close(self._use)
                self._use = -1

    def _tidy_up(self) -> None:
        """Leave no empty folder in a place that all machines share."""
        with suppress(OSError):
            self.place.socket.rmdir()
            self.place.aside.rmdir()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()


def use_embedded(environ: Mapping[str, str], checkout: Path = CHECKOUT, *, is_durable: bool = True) -> Lease:
    """Start the embedded database when nobody has, and keep it running until the lease is left.

    Safe with any number of processes at once. Raises DatabaseUnusable when it cannot be made or started.
    """
    place = place_from(environ, checkout)
    try:
        place.var.mkdir(parents=True, exist_ok=True)
        with _alone(place.start_lock):
            cluster = cluster_at(place, environ, is_durable=is_durable)
            cluster.start()
            use = _open(place.use_lock)
            fcntl.flock(use, fcntl.LOCK_SH)
    except OSError as error:
        raise DatabaseUnusable(Problem.FOLDER_FAILED, path=str(place.var), detail=str(error)) from error
    return Lease(place, cluster, use, os.getpid())


def _open(path: Path) -> int:
    """A descriptor of its own, closed in every program we start, so that none of them holds our lock."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    descriptor = _open(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _is_last(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
