"""What every stored row has in common: a key nobody can guess, and a history nobody can rewrite."""

import uuid
from collections.abc import Callable

import pghistory
from django.contrib.postgres.functions import RandomUUID
from django.db import models


class Row(models.Model):
    """A row with a UUID key, made by the application or, in bulk, by the database."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_default=RandomUUID(), editable=False)

    class Meta:
        abstract = True


def keeps_history(*, exclude: list[str] | None = None) -> Callable[[type[models.Model]], type[models.Model]]:
    """Every replaced version of a row stays readable, who replaced it and when (statement trigger).

    The history table carries the row security of its own table; nothing in it can be changed.
    """
    track: Callable[[type[models.Model]], type[models.Model]] = pghistory.track(
        pghistory.UpdateEvent(label="superseded", row=pghistory.Old, level=pghistory.Statement),
        exclude=exclude,
        append_only=True,
    )
    return track
