"""`hemmavid serve`: the web and its background jobs, until told to stop."""

import argparse
import os
import socket
import sys

from django.conf import settings
from django.core.management import call_command

from hemmavid.database.preparation import prepare
from hemmavid.interfaces.cli import exits
from hemmavid.interfaces.cli.supervision import Child, supervise
from hemmavid.interfaces.cli.terminal import say

HOST, PORT = "127.0.0.1", 8000
BLOCKING_THREADS = 4
DEMO_LOGIN_VARIABLE = "HEMMAVID_DEMO_LOGIN"
EXAMPLES = """\
exempel:
  hemmavid serve                        http://127.0.0.1:8000
  hemmavid serve --port 8080
  hemmavid serve --demo-login           logga in med en knapptryckning, bara för påhittade data

Avsluta med Ctrl+C. Certifikat för HTTPS ges med GRANIAN_SSL_CERTIFICATE och GRANIAN_SSL_KEYFILE."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.epilog = EXAMPLES
    add_port(parser)
    parser.add_argument(
        "--host", default=HOST, help=f"adress att lyssna på (annars {HOST}, bara den här datorn)"
    )
    parser.add_argument("--demo-login", action="store_true", help="logga in som demoperson med en knapp")


def add_port(parser: argparse.ArgumentParser) -> None:
    """`--port`, the same wherever something is served."""
    parser.add_argument("--port", type=_port, default=PORT, metavar="P", help=f"port (annars {PORT})")


def run(arguments: argparse.Namespace) -> int:
    """Serve what the database holds."""
    check(host=arguments.host, port=arguments.port, demo_login=arguments.demo_login)
    prepare()
    return serve(host=arguments.host, port=arguments.port, demo_login=arguments.demo_login)


def check(*, host: str, port: int, demo_login: bool) -> None:
    """Refuse early what cannot work: demo login in production, a port that is taken."""
    if demo_login and not settings.MAY_HOLD_DEMO:
        raise exits.WrongUsage("--demo-login får inte användas i produktionsläge.")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            text = f"porten {port} på {host} kan inte användas ({error.strerror}). Välj en annan med --port."
            raise exits.Refused(text) from error


def serve(*, host: str = HOST, port: int = PORT, demo_login: bool = False) -> int:
    """Run granian and the job worker on a prepared database until told to stop. Returns the exit status."""
    # django_htmx ships an import of a module that is not there, and we serve our own htmx.
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["django_htmx"])
    environment = {**os.environ, DEMO_LOGIN_VARIABLE: "1" if demo_login else "0"}
    shown = f"[{host}]" if ":" in host else host
    web = Child("webben", _web_command(host, port), is_vital=True)
    jobs = Child("bakgrundsjobben", (sys.executable, "-m", "hemmavid", "worker"), is_vital=False)
    return supervise(
        [web, jobs],
        environment=environment,
        is_ready=lambda: _answers(host, port),
        on_ready=lambda: say(f"Hemmavid finns på http://{shown}:{port}  (avsluta med Ctrl+C)"),
    )


def _web_command(host: str, port: int) -> tuple[str, ...]:
    options = {
        "interface": "wsgi",
        "host": host,
        "port": port,
        "workers": len(os.sched_getaffinity(0)),
        "blocking-threads": BLOCKING_THREADS,
        "workers-kill-timeout": 10,
        "log-level": "warning",
    }
    named = [f"--{name}={value}" for name, value in options.items()]
    granian = (sys.executable, "-m", "granian")
    return (*granian, *named, "--no-ws", "--respawn-failed-workers", "config.wsgi:application")


def _answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()  # Linux takes 0.0.0.0 for this machine
    except OSError:
        return False
    return True


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text} är ingen port; välj ett tal mellan 1 och 65535")
    return int(text)
