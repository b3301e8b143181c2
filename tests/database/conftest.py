"""Real servers for the launcher's tests; whatever a test leaves running is stopped."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from hemmavid.database.binaries import DEBIAN_FOLDER
from hemmavid.database.cluster import SUPERUSER
from hemmavid.database.launcher import Lease, use_embedded


@dataclass
class Launched:
    """Leases on one folder, all forgetful, because tests need no durability."""

    var: Path
    environ: dict[str, str] = field(default_factory=dict)
    leases: list[Lease] = field(default_factory=list)

    def start(self, *, is_durable: bool = False) -> Lease:
        lease = use_embedded({"HEMMAVID_VAR": str(self.var), **self.environ}, is_durable=is_durable)
        self.leases.append(lease)
        return lease

    def stop_all(self) -> None:
        for lease in self.leases:
            lease.leave()
        if self.leases:
            self.leases[0].cluster.stop()
            shutil.rmtree(self.leases[0].place.aside, ignore_errors=True)


def connect(lease: Lease, user: str = SUPERUSER, name: str = SUPERUSER) -> psycopg.Connection:
    return psycopg.connect(host=str(lease.place.socket), user=user, dbname=name, autocommit=True)


def show(lease: Lease, setting: str) -> str:
    with connect(lease) as server:
        return server.execute("SELECT current_setting(%s)", [setting]).fetchone()[0]


@pytest.fixture(scope="session")
def used_folder() -> Iterator[Path]:
    """One folder with a database in it, because making one takes longer than all a test does with it."""
    yield from _open_folder()


@pytest.fixture
def launched(used_folder) -> Iterator[Launched]:
    """A database that has been used before and is not running. A test leaves its data whole."""
    yield from _launched_in(used_folder)


@pytest.fixture
def empty_launched() -> Iterator[Launched]:
    """An empty folder, for tests of the making and of damage."""
    for folder in _open_folder():
        yield from _launched_in(folder)


@pytest.fixture(params=["wheel", "debian"])
def each_postgres(request, empty_launched) -> Launched:
    """An empty folder, for the wheel's programs and for Debian's, when those are installed."""
    if request.param == "debian" and not list(DEBIAN_FOLDER.glob("*/bin/initdb")):
        pytest.skip("Debian's PostgreSQL is not installed on this machine")
    empty_launched.environ["HEMMAVID_POSTGRES"] = request.param
    return empty_launched


def _open_folder() -> Iterator[Path]:
    """A short path, open to every account, so that each test chooses its own trouble."""
    folder = Path(tempfile.mkdtemp(prefix="hv-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _launched_in(folder: Path) -> Iterator[Launched]:
    started = Launched(folder / "var")
    try:
        yield started
    finally:
        started.stop_all()
