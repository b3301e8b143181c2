"""Children that end, that must be started anew, and that do not listen."""

import os
import signal
import time
from collections.abc import Iterator

import pytest

from hemmavid.interfaces.cli import exits, supervision
from hemmavid.interfaces.cli.supervision import Child, supervise


@pytest.fixture(autouse=True)
def _own_signals() -> Iterator[None]:
    """A supervisor listens for the signals of its process; pytest gets them back."""
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def shell(name: str, script: str, *, is_vital: bool) -> Child:
    return Child(name, ("sh", "-c", script), is_vital)


def run(*children: Child, is_ready=lambda: False, on_ready=lambda: None) -> int:
    return supervise(children, environment=os.environ, is_ready=is_ready, on_ready=on_ready)


def test_all_end_when_a_vital_child_does(capsys):
    began = time.monotonic()
    lasting = shell("bakgrundsjobben", "exec sleep 60", is_vital=False)
    assert run(lasting, shell("webben", "exit 3", is_vital=True)) == exits.REFUSED
    assert "webben avslutades oväntat (status 3)" in capsys.readouterr().err
    assert time.monotonic() - began < 20


def test_a_child_that_is_not_vital_is_started_anew(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(supervision, "_RESTART_SECONDS", 0.0)
    starts = tmp_path / "starts"
    jobs = shell("bakgrundsjobben", f"echo started >> {starts}", is_vital=False)
    web = shell("webben", f"until [ $(wc -l < {starts}) -ge 2 ]; do sleep 0.1; done", is_vital=True)
    starts.touch()
    assert run(jobs, web) == exits.REFUSED
    assert "bakgrundsjobben startas om" in capsys.readouterr().err


def test_a_child_that_does_not_listen_is_killed(monkeypatch):
    monkeypatch.setattr(supervision, "_STOP_SECONDS", 0.2)
    deaf = shell("bakgrundsjobben", "trap '' TERM; while :; do sleep 0.2; done", is_vital=False)
    began = time.monotonic()
    assert run(deaf, shell("webben", "sleep 0.5", is_vital=True)) == exits.REFUSED
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("order", [signal.SIGTERM, signal.SIGINT])
def test_being_told_to_stop_is_no_failure(order):
    told = []

    def ready() -> None:
        told.append("ready")
        os.kill(os.getpid(), order)

    lasting = shell("webben", "exec sleep 60", is_vital=True)
    assert run(lasting, is_ready=lambda: True, on_ready=ready) == exits.DONE
    assert told == ["ready"]
