"""Where the embedded database keeps its files. Pure paths: nothing is made and nothing is started."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
SOCKET_FILE = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 107  # bytes: sun_path of Linux, less its closing zero
SHARED_TEMPORARY_FOLDER = Path("/var") / "tmp"  # owner and mode are checked before use (account.py)


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of one embedded database.

    `var` is HEMMAVID_VAR, `is_chosen` says that the user named it. `aside` is used where `var` does not do:
    for the socket when the path is too long, and for all when the account of PostgreSQL cannot read `var`.
    """

    var: Path
    aside: Path
    socket: Path
    is_chosen: bool

    @property
    def start_lock(self) -> Path:
        """Held alone while someone starts or stops the database."""
        return self.var / "start.lock"

    @property
    def use_lock(self) -> Path:
        """Held shared by every process that uses the database."""
        return self.var / "use.lock"


def place_from(environ: Mapping[str, str], checkout: Path = CHECKOUT) -> Place:
    """The place that HEMMAVID_VAR names, by default `var` below the checkout (contract.md section 1)."""
    chosen = environ.get("HEMMAVID_VAR", "")
    var = Path(os.path.abspath(chosen)) if chosen else checkout / "var"  # as typed, links kept
    digest = hashlib.sha256(os.fsencode(var)).hexdigest()[:12]
    aside = SHARED_TEMPORARY_FOLDER / f"hemmavid-{os.geteuid()}-{digest}"
    return Place(var=var, aside=aside, socket=_socket_folder(var, aside), is_chosen=bool(chosen))


def is_open_to_others(path: Path) -> bool:
    """Whether any account may walk down to `path`, as far as it exists already."""
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents) if folder.is_dir())


def _socket_folder(var: Path, aside: Path) -> Path:
    """`var/socket`, or a folder aside when that is too long or hidden from an account that root may need."""
    near = var / "socket"
    is_short = len(os.fsencode(near / SOCKET_FILE)) <= LONGEST_SOCKET_PATH
    is_hidden = os.geteuid() == 0 and not is_open_to_others(var.parent)
    return near if is_short and not is_hidden else aside / "socket"
