"""The embedded database under the troubles of real machines (stack.md section 2, launcher rules)."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from hemmavid.database import cluster
from hemmavid.database.account import Account
from hemmavid.database.binaries import Binaries, find_binaries
from hemmavid.database.errors import DatabaseUnusable, Problem
from hemmavid.database.place import LONGEST_SOCKET_PATH, SOCKET_FILE
from tests.database.conftest import connect, show

CHECKOUT = Path(__file__).resolve().parents[2]
USER_OF_THE_DATABASE = """
import os, sys
from hemmavid.database.launcher import use_embedded
with use_embedded(os.environ, is_durable=False) as lease:
    print(lease.cluster.is_answering(), flush=True)
    sys.stdin.read()
"""


def other_process(var: Path) -> subprocess.Popen:
    """Another process that uses the database until its stdin is closed."""
    environ = {**os.environ, "HEMMAVID_VAR": str(var)}
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", USER_OF_THE_DATABASE]
    return subprocess.Popen(command, env=environ, cwd=CHECKOUT, stdin=pipe, stdout=pipe, text=True)


def end(process: subprocess.Popen) -> int:
    process.stdin.close()
    process.stdout.close()
    return process.wait(30)


class TestStart:
    def test_it_makes_a_database_whose_owner_is_no_superuser(self, each_postgres):
        lease = each_postgres.start()
        with connect(lease, "hemmavid", "hemmavid") as owner:
            row = owner.execute(
                "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles"
                " WHERE rolname = current_user"
            ).fetchone()
            # Swedish letters have cases whatever the machine speaks.
            letters = owner.execute("SELECT lower('ÅÄÖ'), 'Åsa' ILIKE 'åSA'").fetchone()
        assert row == (False, False, True, True)
        assert letters == ("åäö", True)
        with connect(lease, name="hemmavid") as server:
            assert server.execute("SELECT count(*) FROM monitoring.pg_stat_statements").fetchone()

    def test_data_survives_a_restart(self, launched):
        with launched.start() as lease, connect(lease) as server:
            server.execute("CREATE TABLE kept AS SELECT 1 AS one")
        assert not lease.cluster.is_answering()
        with connect(launched.start()) as server:
            assert server.execute("SELECT one FROM kept").fetchone() == (1,)

    def test_nobody_else_can_reach_it(self, launched):
        lease = launched.start()
        assert show(lease, "listen_addresses") == ""
        assert stat.S_IMODE(lease.place.socket.stat().st_mode) == 0o700
        assert stat.S_IMODE(lease.cluster.folder.stat().st_mode) == 0o700

    def test_it_never_forgets_what_is_committed(self, launched):
        lease = launched.start(is_durable=True)
        assert [show(lease, name) for name in ("fsync", "synchronous_commit", "full_page_writes")] == [
            "on"
        ] * 3

    def test_rows_of_an_error_stay_out_of_the_log(self, launched):
        lease = launched.start()
        with connect(lease) as server:
            server.execute("CREATE TEMPORARY TABLE person (number text PRIMARY KEY)")
            server.execute("INSERT INTO person VALUES ('19121212-1212')")
            with pytest.raises(Exception, match="duplicate"):
                server.execute("INSERT INTO person VALUES ('19121212-1212')")
        assert "1212" not in lease.cluster.log.read_text()


class TestSharing:
    def test_the_last_to_leave_stops_it(self, launched):
        first, second = launched.start(), launched.start()
        first.leave()
        first.leave()
        assert second.cluster.is_answering()
        second.leave()
        assert second.cluster.living_server() is None

    def test_many_may_start_at_once(self, launched):
        processes = [other_process(launched.var) for _ in range(4)]
        assert [process.stdout.readline().strip() for process in processes] == ["True"] * 4
        assert [end(process) for process in processes] == [0] * 4
        with launched.start() as lease:
            assert lease.cluster.is_answering()
        assert lease.cluster.living_server() is None

    def test_what_a_killed_process_left_is_cleaned_up_by_the_next(self, launched):
        killed = other_process(launched.var)
        assert killed.stdout.readline().strip() == "True"
        killed.kill()
        end(killed)
        with launched.start() as lease:
            running = lease.cluster.living_server()
        assert running is not None
        assert lease.cluster.living_server() is None

    def test_a_forked_child_does_not_leave_for_its_parent(self, launched):
        lease = launched.start()
        lease._process = os.getpid() + 1  # as the child of a fork sees its parent's lease
        lease.leave()
        assert lease.cluster.is_answering()
        lease._process = os.getpid()


class TestCrash:
    def test_a_killed_server_is_started_again_with_its_data(self, each_postgres):
        lease = each_postgres.start(is_durable=True)
        with connect(lease) as server:
            server.execute("CREATE TABLE kept AS SELECT 1 AS one")
        os.kill(lease.cluster.living_server(), signal.SIGKILL)
        with connect(each_postgres.start(is_durable=True)) as server:
            assert server.execute("SELECT one FROM kept").fetchone() == (1,)

    def test_a_process_id_that_now_belongs_to_another_program_is_no_server(self, launched):
        with launched.start() as lease:
            mark = (lease.cluster.data / "postmaster.pid").read_text()
        rest = mark.split("\n", 1)[1]
        (lease.cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{rest}")
        assert launched.start().cluster.is_answering()

    def test_a_server_that_lives_but_cannot_be_reached_is_replaced(self, launched, monkeypatch):
        monkeypatch.setattr(cluster, "PATIENCE_SECONDS", 0.2)
        lease = launched.start()
        stuck = lease.cluster.living_server()
        (lease.place.socket / SOCKET_FILE).unlink()
        assert launched.start().cluster.living_server() not in {None, stuck}

    def test_a_killed_initdb_leaves_nothing_in_the_way(self, empty_launched):
        unfinished = empty_launched.var / "postgres" / "data.new"
        unfinished.mkdir(parents=True)
        (unfinished / "half").write_text("done")
        assert empty_launched.start().cluster.is_answering()

    def test_orphans_of_a_killed_server_are_ended(self, launched, monkeypatch):
        monkeypatch.setattr(cluster, "ORPHAN_SECONDS", 0.2)
        lease = launched.start()
        with connect(lease) as server:
            orphan = server.info.backend_pid
            os.kill(orphan, signal.SIGSTOP)  # so that it does not notice that its server is gone
            os.kill(lease.cluster.living_server(), signal.SIGKILL)
        assert launched.start().cluster.is_answering()
        assert not cluster._is_server_of(orphan, lease.cluster.data)

    def test_a_server_that_does_not_listen_is_stopped_forcibly(self, launched, monkeypatch):
        lease = launched.start()
        os.kill(lease.cluster.living_server(), signal.SIGSTOP)
        monkeypatch.setattr(cluster, "_STOP_ORDERS", ((signal.SIGINT, 0.1), (signal.SIGKILL, 10.0)))
        lease.cluster.stop()
        assert lease.cluster.living_server() is None

    def test_a_server_that_cannot_be_stopped_is_told(self, launched, monkeypatch):
        lease = launched.start()
        with monkeypatch.context() as patch:
            patch.setattr(cluster, "_STOP_ORDERS", ((signal.SIGCONT, 0.1),))
            with pytest.raises(DatabaseUnusable) as refusal:
                lease.cluster.stop()
        assert refusal.value.problem is Problem.NOT_STOPPED


class TestRefusals:
    def test_data_of_another_version_is_not_touched(self, empty_launched):
        data = empty_launched.var / "postgres" / "data"
        data.mkdir(parents=True)
        (data / "PG_VERSION").write_text("9\n")
        with pytest.raises(DatabaseUnusable) as refusal:
            empty_launched.start()
        assert refusal.value.problem is Problem.OTHER_VERSION
        assert refusal.value.values["needed"] == "9"

    def test_a_machine_without_postgresql_is_told_so(self, tmp_path, monkeypatch):
        monkeypatch.setattr("hemmavid.database.binaries.DEBIAN_FOLDER", tmp_path)
        with pytest.raises(DatabaseUnusable) as refusal:
            find_binaries({"HEMMAVID_POSTGRES": "debian"})
        assert refusal.value.problem is Problem.BINARIES_MISSING

    def test_a_broken_data_folder_is_told_with_the_servers_own_words(self, empty_launched):
        with empty_launched.start() as lease:
            pass
        (lease.cluster.data / "global" / "pg_control").unlink()
        with pytest.raises(DatabaseUnusable) as refusal:
            empty_launched.start()
        assert refusal.value.problem is Problem.NOT_STARTED
        assert "pg_control" in refusal.value.values["detail"]

    def test_a_folder_that_is_a_file_is_told(self, empty_launched):
        empty_launched.var.write_text("")
        with pytest.raises(DatabaseUnusable) as refusal:
            empty_launched.start()
        assert refusal.value.problem is Problem.FOLDER_FAILED

    def test_a_failed_initdb_is_told_in_its_own_words(self, tmp_path):
        (tmp_path / "initdb").write_text("#!/bin/sh\necho no room >&2\nexit 1\n")
        (tmp_path / "initdb").chmod(0o755)
        broken = Binaries(folder=tmp_path, major=18, origin="wheel", root=tmp_path)
        made = cluster.Cluster(tmp_path / "postgres", tmp_path / "socket", broken, Account())
        with pytest.raises(DatabaseUnusable) as refusal:
            made.start()
        assert refusal.value.problem is Problem.NOT_CREATED
        assert refusal.value.values["detail"] == "no room"


def test_a_deep_folder_gets_its_socket_elsewhere(empty_launched):
    empty_launched.var = empty_launched.var / ("deep-" * 20) / "var"
    lease = empty_launched.start()
    assert lease.place.socket == lease.place.aside / "socket"
    assert len(os.fsencode(lease.place.socket / SOCKET_FILE)) <= LONGEST_SOCKET_PATH
    assert lease.cluster.is_answering()
    assert lease.cluster.folder == empty_launched.var / "postgres"
