"""`hemmavid worker`: the background jobs. Started by `serve`; by hand only to run them on another machine."""

import argparse
import asyncio

from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from hemmavid.interfaces.cli import exits

CONCURRENT_JOBS = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command takes no options."""
    parser.epilog = "Kör tills processen får SIGTERM; pågående jobb hinner klart."


def run(arguments: argparse.Namespace) -> int:
    """Work until told to stop; a running job is finished first."""
    del arguments
    with app.replace_connector(DjangoConnector().get_worker_connector()) as worker:
        asyncio.run(_work(worker))
    return exits.DONE


async def _work(worker: App) -> None:
    async with worker.open_async():
        await worker.run_worker_async(
            name="hemmavid",
            concurrency=CONCURRENT_JOBS,
            delete_jobs="successful",
            shutdown_graceful_timeout=10,
        )
