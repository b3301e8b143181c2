"""Hemmavid as people meet it: the real command on a free port, over a small demo municipality of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path

OK = HTTPStatus.OK
READY_WITHIN = 90
STOPPED_WITHIN = 30
# What the test run says about its own database and settings is nothing to this server.
NOT_INHERITED = {"DJANGO_SETTINGS_MODULE", "HEMMAVID_DATABASE_URL", "HEMMAVID_APP_DATABASE_URL"}
# On call around the clock and every order late: what waits for the evening is tried at any time of the day.
ALL_DAY = ("jour.shift_start", "jour.shift_start_summer", "jour.shift_end", "phone_rule.time")
MIDNIGHT = """name = "{name}"
unit = "clock time"

[[values]]
valid_from = 2000-01-01
value = "00:00"
source = "Påhittad kommun för webbläsartesterna: kväll hela dygnet"
"""


@contextmanager
def demo_server(folder: Path, *, clients: int, months: int) -> Iterator[str]:
    """The address of a served demo municipality, for as long as the block runs."""
    environment = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    environment |= {"HEMMAVID_VAR": str(folder / "var"), "HEMMAVID_SETTINGS": "dev"}
    program = (sys.executable, "-m", "hemmavid")
    wanted = ("demo", "--clients", str(clients), "--months", str(months), "--no-serve")
    subprocess.run((*program, *wanted), env=environment, check=True, capture_output=True)
    environment["HEMMAVID_PARAMETERS"] = str(_evening_all_day(folder / "regler"))
    port = _free_port()
    with (folder / "serve.log").open("w") as log:
        process = subprocess.Popen(
            (*program, "serve", "--port", str(port), "--demo-login"),
            env=environment, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        try:
            _wait_until_ready(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(STOPPED_WITHIN)


def _evening_all_day(folder: Path) -> Path:
    """The municipality's own rules while it is served; the demo's own days went by the usual ones."""
    folder.mkdir()
    for name in ALL_DAY:
        (folder / f"{name}.toml").write_text(MIDNIGHT.format(name=name))
    return folder


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        if _answers(port):
            return
        time.sleep(0.1)
    raise TimeoutError(port)


def _answers(port: int) -> bool:
    door = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        door.request("GET", "/healthz")
        return door.getresponse().status == OK
    except OSError:
        return False
    finally:
        door.close()
