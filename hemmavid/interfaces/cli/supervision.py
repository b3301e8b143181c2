"""Keeping child processes: started together, watched, stopped together."""

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import FrameType

from hemmavid.interfaces.cli import exits
from hemmavid.interfaces.cli.terminal import complain

_GLANCE_SECONDS = 0.2
_STOP_SECONDS = 20.0
_RESTART_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Child:
    """A program to keep running. When a vital one ends, all end; another is started anew."""

    name: str
    command: tuple[str, ...]
    is_vital: bool


def supervise(
    children: Sequence[Child],
    *,
    environment: Mapping[str, str],
    is_ready: Callable[[], bool],
    on_ready: Callable[[], None],
) -> int:
    """Run the children until SIGTERM or SIGINT, then stop them in order. Returns the exit status."""
    told_to_stop = threading.Event()
    _listen(told_to_stop)
    running: dict[Child, subprocess.Popen[bytes]] = {}
    try:
        for child in children:
            running[child] = _start(child, environment)
        return _watch(running, environment, told_to_stop, is_ready, on_ready)
    finally:
        _stop_all(list(running.values()))


def _listen(told_to_stop: threading.Event) -> None:
    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        told_to_stop.set()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)


def _watch(
    running: dict[Child, subprocess.Popen[bytes]],
    environment: Mapping[str, str],
    told_to_stop: threading.Event,
    is_ready: Callable[[], bool],
    on_ready: Callable[[], None],
) -> int:
    announced = False
    started = dict.fromkeys(running, time.monotonic())
    while not told_to_stop.wait(_GLANCE_SECONDS):
        for child, process in list(running.items()):
            if process.poll() is None:
                continue
            if child.is_vital:
                complain(f"hemmavid: {child.name} avslutades oväntat (status {process.returncode}).")
                return exits.REFUSED
            if time.monotonic() - started[child] > _RESTART_SECONDS:
                complain(f"hemmavid: {child.name} startas om (status {process.returncode}).")
                running[child], started[child] = _start(child, environment), time.monotonic()
        if not announced and is_ready():
            announced = True
            on_ready()
    return exits.DONE


def _start(child: Child, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """In a session of its own, so that Ctrl+C reaches us alone; and it is told to stop if we are killed."""
    leash = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
    return subprocess.Popen([*leash, *child.command], env=dict(environment), start_new_session=True)


def _stop_all(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    alive = [process for process in processes if process.poll() is None]
    for process in alive:
        process.terminate()
    end = time.monotonic() + _STOP_SECONDS
    for process in alive:
        try:
            process.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
