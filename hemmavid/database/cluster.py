"""One embedded PostgreSQL on disk: make it, start it, stop it. Whoever calls holds the start lock."""

import os
import shutil
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from hemmavid.database.account import Account, choose_account, make_aside, readable_binaries
from hemmavid.database.binaries import Binaries, find_binaries
from hemmavid.database.connection import EMBEDDED_NAME
from hemmavid.database.errors import DatabaseUnusable, Problem
from hemmavid.database.place import SOCKET_FILE, Place, is_open_to_others

SUPERUSER = "postgres"
BUILTIN_LOCALE_SINCE = 17
PATIENCE_SECONDS = 10.0  # with a server that lives but does not answer
ORPHAN_SECONDS = 3.0  # with what a killed server left behind
RECOVERY_SECONDS = 300.0  # with one that says it is repairing itself after a crash
_SETTINGS_FILE = "hemmavid.conf"
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    # Rows hold personal numbers: neither statements nor the rows of an error go to the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "timezone": "UTC",
}
_FAST_AND_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_STOP_ORDERS = ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 5.0))  # and their patience


@dataclass(frozen=True, slots=True)
class Cluster:
    """The files and programs of one server. `is_durable` is false in tests alone."""

    folder: Path
    socket: Path
    binaries: Binaries
    account: Account
    is_durable: bool = True

    @property
    def data(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What the server has said; the last lines explain a failed start."""
        return self.folder / "server.log"

    def start(self) -> None:
        """Bring the server up, whatever the last one left behind. Returns at once when it answers already."""
        if self._answers_in_time():
            return
        if not (self.data / "PG_VERSION").exists():
            self._create()
        self._write_settings()
        self._clear_away_dead()
        command = [self.binaries.program("pg_ctl"), "start", "--wait", "--silent", f"--pgdata={self.data}"]
        limits = [f"--timeout={RECOVERY_SECONDS:.0f}", f"--log={self.log}"]
        result = self.account.run([*command, *limits])
        if result.returncode != 0 or not self.is_answering():
            raise DatabaseUnusable(Problem.NOT_STARTED, detail=self._last_words(), log=str(self.log))
        self._make_database()

    def stop(self) -> None:
        """Stop the server in an orderly way; forcibly when it does not listen. Nothing committed is lost."""
        for order, patience in _STOP_ORDERS:
            pid = self.living_server()
            if pid is not None:
                os.kill(pid, order)
            if _comes_true(lambda: self.living_server() is None, patience):
                return
        raise DatabaseUnusable(Problem.NOT_STOPPED, path=str(self.data))

    def is_answering(self) -> bool:
        """The only proof that it runs: `pg_ctl status` says yes for a killed server (stack.md section 2)."""
        return self._answer() == ""

    def living_server(self) -> int | None:
        """The process id of the server of this very data folder, if it lives."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None
        return pid if _is_server_of(pid, self.data) else None

    def _answer(self) -> str:
        """Empty when the server lets us in, else what it or the socket says."""
        try:
            psycopg.connect(
                host=str(self.socket), user=SUPERUSER, dbname=SUPERUSER, connect_timeout=5
            ).close()
        except psycopg.OperationalError as error:
            return str(error) or "no answer"
        return ""

    def _answers_in_time(self) -> bool:
        """Wait for a server that is starting, repairing itself or stopping; end one that is stuck."""
        began = time.monotonic()
        while answer := self._answer():
            if self.living_server() is None:
                return False
            is_repairing = "starting up" in answer or "recovery" in answer
            if time.monotonic() - began > (RECOVERY_SECONDS if is_repairing else PATIENCE_SECONDS):
                self.stop()
                return False
            time.sleep(0.05)
        return True

    def _create(self) -> None:
        """Make the data folder under another name first, so that a killed initdb leaves nothing half done."""
        unfinished = self.folder / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        self.account.own(self.folder)
        locale = ["--locale=C.UTF-8"]
        if self.binaries.major >= BUILTIN_LOCALE_SINCE:
            locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        options = ["--auth=trust", "--encoding=UTF8", f"--username={SUPERUSER}", *locale]
        if not self.is_durable:
            options.append("--no-sync")
        result = self.account.run([self.binaries.program("initdb"), *options, f"--pgdata={unfinished}"])
        if result.returncode != 0:
            detail = (result.stderr or result.stdout).strip()
            raise DatabaseUnusable(Problem.NOT_CREATED, path=str(self.folder), detail=detail)
        with (unfinished / "postgresql.conf").open("a") as settings:
            settings.write(f"\ninclude '{_SETTINGS_FILE}'\n")
        unfinished.rename(self.data)

    def _write_settings(self) -> None:
        self.account.own(self.folder)
        self.account.own(self.socket)
        settings = {**_SETTINGS, "unix_socket_directories": str(self.socket)}
        if self.binaries.has_statistics:
            settings["shared_preload_libraries"] = "pg_stat_statements"
        if not self.is_durable:
            settings |= _FAST_AND_FORGETFUL
        quoted = ((name, value.replace("'", "''")) for name, value in settings.items())
        file = self.data / _SETTINGS_FILE
        file.write_text("".join(f"{name} = '{value}'\n" for name, value in quoted))
        file.chmod(0o644)  # the folder is closed; the account must read what root wrote

    def _clear_away_dead(self) -> None:
        """Remove the marks of a server that was killed, and its orphans, which hold its shared memory.

        PostgreSQL itself trusts a process id that another program has now, or that nobody has reaped.
        """
        mark = self.data / "postmaster.pid"
        if not mark.exists():
            return
        for order in (signal.SIGQUIT, signal.SIGKILL):
            for pid in _servers_of(self.data):
                os.kill(pid, order)
            if _comes_true(lambda: not _servers_of(self.data), ORPHAN_SECONDS):
                break
        for left in (mark, self.socket / SOCKET_FILE, self.socket / f"{SOCKET_FILE}.lock"):
            left.unlink(missing_ok=True)

    def _make_database(self) -> None:
        """The owner's role and database, as a URL would name them. The owner is no superuser."""
        with psycopg.connect(
            host=str(self.socket), user=SUPERUSER, dbname=SUPERUSER, autocommit=True
        ) as server:
            name = sql.Identifier(EMBEDDED_NAME)
            if not server.execute("SELECT FROM pg_roles WHERE rolname = %s", [EMBEDDED_NAME]).rowcount:
                server.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB CREATEROLE").format(name))
            if not server.execute("SELECT FROM pg_database WHERE datname = %s", [EMBEDDED_NAME]).rowcount:
                server.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, name))
        if self.binaries.has_statistics:
            with psycopg.connect(host=str(self.socket), user=SUPERUSER, dbname=EMBEDDED_NAME) as database:
                database.execute("CREATE SCHEMA IF NOT EXISTS monitoring")
                database.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements SCHEMA monitoring")

    def _last_words(self) -> str:
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-5:])


def cluster_at(place: Place, environ: Mapping[str, str], *, is_durable: bool = True) -> Cluster:
    """The cluster of a place, with an account that may run it and programs that account can read."""
    account = choose_account()
    folder = _cluster_folder(place, account)
    if place.aside in {folder.parent, place.socket.parent}:
        make_aside(place.aside)
    found = find_binaries(environ, _major_of(folder / "data"))
    binaries = readable_binaries(found, account, place.aside)
    return Cluster(folder, place.socket, binaries, account, is_durable)


def _cluster_folder(place: Place, account: Account) -> Path:
    near = place.var / "postgres"
    if account.uid is None or is_open_to_others(place.var):
        return near
    if place.is_chosen:
        raise DatabaseUnusable(Problem.FOLDER_UNREADABLE, path=str(place.var))
    return place.aside / "postgres"


def _major_of(data: Path) -> int | None:
    version = data / "PG_VERSION"
    return int(version.read_text()) if version.exists() else None


def _comes_true(is_so: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def _servers_of(data: Path) -> list[int]:
    """Every living process of PostgreSQL that works in `data`."""
    pids = [int(process.name) for process in Path("/proc").iterdir() if process.name.isdigit()]
    return [pid for pid in pids if _is_server_of(pid, data)]


def _is_server_of(pid: int, data: Path) -> bool:
    """Whether a process is a living PostgreSQL that works in `data`: a process id may have been reused."""
    process = Path("/proc") / str(pid)
    try:
        state = (process / "stat").read_text().rpartition(")")[2].split()[0]
        return state not in {"Z", "X"} and (process / "cwd").samefile(data)
    except OSError:
        return False
