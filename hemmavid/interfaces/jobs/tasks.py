"""What happens by itself while `hemmavid serve` runs."""

from django.db import connections
from procrastinate.contrib.django import app

from hemmavid.access.actors import SYSTEM
from hemmavid.access.scope import scoped
from hemmavid.audit import operations
from hemmavid.lib import clock


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="seal_looks", pass_context=False)
def seal_looks(timestamp: int) -> int:
    """Seal what has been looked at since the last block, once a minute. Returns the number of rows sealed."""
    del timestamp  # procrastinate says when the task was due; the seal says when it was made
    try:
        with scoped(SYSTEM):
            return operations.seal_looks(at=clock.now())
    finally:
        # Nobody else closes what a job's thread has opened; a broken connection would break every later job.
        connections.close_all()
