"""The jobs run for real: taken from the queue by a worker that is the application's own role."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connections
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.audit import operations
from hemmavid.audit.operations import Seen
from hemmavid.interfaces.jobs.tasks import seal_looks
from tests.access.neighbours import actor_of

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


async def work_once(worker: App) -> None:
    async with worker.open_async():
        await worker.run_worker_async(wait=False, listen_notify=False, install_signal_handlers=False)


@pytest.mark.django_db(transaction=True)
def test_a_worker_seals_what_has_been_looked_at():
    seen = [Seen("client", client_id=uuid4()) for _ in range(3)]
    operations.record_looks(seen, by=actor_of(Role.CONTROLLER), at=AT, alias="look_log")
    seal_looks.defer(timestamp=0)
    with app.replace_connector(DjangoConnector().get_worker_connector()) as worker:
        asyncio.run(work_once(worker))
    connections.close_all()
    with scoped(SYSTEM):
        check = operations.verify_chain()
    assert (check.holds, check.rows, check.unsealed) == (True, 3, 0)


def test_it_is_done_every_minute():
    (periodic,) = app.periodic_registry.periodic_tasks.values()
    assert (periodic.task.name, periodic.cron) == ("hemmavid.interfaces.jobs.tasks.seal_looks", "* * * * *")
