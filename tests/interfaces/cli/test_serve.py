"""`hemmavid migrate` and `hemmavid serve` as the processes they are (contract.md sections 1 and 2)."""

import http.client
import os
import signal
import socket
import subprocess
import sys

import pytest

from tests.database.conftest import Launched, connect, empty_launched

HEMMAVID = (sys.executable, "-m", "hemmavid")
__all__ = ["empty_launched"]


def environment(**changes: str) -> dict[str, str]:
    """As on a machine where nobody has set anything of ours."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("HEMMAVID_", "DJANGO_"))
    }
    return kept | changes


def hemmavid(*words: str, **changes: str) -> subprocess.CompletedProcess:
    command, environ = [*HEMMAVID, *words], environment(**changes)
    return subprocess.run(command, capture_output=True, text=True, env=environ, timeout=300, check=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def url_of(launched: Launched) -> str:
    return f"postgresql://hemmavid@/hemmavid?host={launched.leases[0].place.socket}"


def status_of(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


class TestDatabaseByUrl:
    def test_it_is_migrated_by_migrate_alone_and_by_many_at_once(self, empty_launched):
        empty_launched.start()
        url = url_of(empty_launched)
        behind = hemmavid("serve", "--port", str(free_port()), HEMMAVID_DATABASE_URL=url)
        assert (behind.returncode, behind.stdout) == (1, "")
        assert "hemmavid migrate" in behind.stderr
        assert hemmavid("migrate", "--check", HEMMAVID_DATABASE_URL=url).returncode == 1
        command = [*HEMMAVID, "migrate"]
        pipe, environ = subprocess.PIPE, environment(HEMMAVID_DATABASE_URL=url)
        twins = [subprocess.Popen(command, env=environ, stdout=pipe, text=True) for _ in range(2)]
        told = sorted(twin.communicate(timeout=300)[0].split(":")[0].strip() for twin in twins)
        assert told == ["Databasen var redan i ordning.", "Klart"]
        assert hemmavid("migrate", "--check", HEMMAVID_DATABASE_URL=url).returncode == 0
        with connect(empty_launched.leases[0], "hemmavid", "hemmavid") as owner:
            owner.execute("SET ROLE hemmavid_app")
            assert owner.execute("SELECT count(*) FROM people_client").fetchone() == (0,)

    @pytest.mark.parametrize("url", ["postgresql:///hv?host=/nowhere", "postgresql://127.0.0.1:1/hv"])
    def test_one_that_does_not_answer_is_told_without_a_traceback(self, url):
        answer = hemmavid("migrate", HEMMAVID_DATABASE_URL=url)
        assert answer.returncode == 1
        assert answer.stderr.startswith("hemmavid migrate: Databasen svarar inte: ")

    def test_one_that_cannot_be_read_is_told_without_its_password(self):
        answer = hemmavid("migrate", HEMMAVID_DATABASE_URL="mysql://anna:hemligt@db/hv")
        assert answer.returncode == 1
        assert "HEMMAVID_DATABASE_URL är ingen adress" in answer.stderr
        assert "hemligt" not in answer.stderr


class TestServe:
    def test_it_serves_an_empty_folder_and_stops_all_it_started(self, tmp_path):
        port = free_port()
        environ = environment(HEMMAVID_VAR=str(tmp_path / "var"))
        command = [*HEMMAVID, "serve", "--port", str(port), "--demo-login"]
        serving = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True)
        try:
            assert serving.stdout.readline().startswith(f"Hemmavid finns på http://127.0.0.1:{port} ")
            assert status_of(port, "/healthz") == 200
        finally:
            serving.send_signal(signal.SIGTERM)
            assert serving.wait(40) == 0
            serving.stdout.close()
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0
        assert not (tmp_path / "var" / "postgres" / "data" / "postmaster.pid").exists()

    def test_a_port_in_use_is_told_before_anything_is_started(self, tmp_path):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            answer = hemmavid("serve", "--port", str(port), HEMMAVID_VAR=str(tmp_path / "var"))
        assert answer.returncode == 1
        assert f"porten {port}" in answer.stderr
        assert not (tmp_path / "var").exists()

    @pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
    def test_what_is_no_port_is_wrong_usage(self, port):
        assert hemmavid("serve", "--port", port).returncode == 2

    def test_demo_login_is_refused_in_production_whatever_is_set(self):
        answer = hemmavid(
            "serve",
            "--demo-login",
            HEMMAVID_SETTINGS="production",
            HEMMAVID_SECRET_KEY="x" * 60,
            HEMMAVID_FIELD_KEYS="x" * 44,
            HEMMAVID_ALLOWED_HOSTS="example.se",
            HEMMAVID_APP_DATABASE_URL="postgresql://hemmavid_app@db/hv",
            HEMMAVID_DEMO_LOGIN="1",
        )
        assert answer.returncode == 2
        assert "produktionsläge" in answer.stderr

    @pytest.mark.parametrize("words", [("serve", "--demo-login"), ("demo", "--no-serve"), ("demo",)])
    def test_a_demo_is_wrong_usage_in_production_however_little_is_configured(self, words):
        answer = hemmavid(*words, HEMMAVID_SETTINGS="production")
        assert answer.returncode == 2
        assert "produktionsläge" in answer.stderr

    def test_production_says_what_it_lacks(self):
        answer = hemmavid("serve", HEMMAVID_SETTINGS="production")
        assert answer.returncode == 1
        assert "HEMMAVID_SECRET_KEY" in answer.stderr
