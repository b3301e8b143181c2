"""What is written to the process's log: one line a request, never a name, a number or a client's code."""

import os
import traceback
from typing import Any

import structlog


def where_it_broke(
    logger: object, name: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """An error's kind and its places in the code. Not its message nor any value: the database's hold rows."""
    del logger, name
    error = event.pop("exc_info", None)
    if error:  # Django's line ends with the address, and the address may hold a client's id
        event["event"] = str(event.get("event", "")).partition(": ")[0]
    if isinstance(error, tuple) and error[1] is not None:
        kinds: list[str] = []
        current = error[1]
        while current is not None and len(kinds) < 5:
            kinds.append(type(current).__name__)
            current = current.__cause__ or current.__context__
        frames = traceback.extract_tb(error[2])
        event["error"] = kinds
        event["places"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]]
    return event


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
structlog.configure(
    processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)

LEVEL = os.environ.get("HEMMAVID_LOG", "").upper() or "WARNING"

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": SHARED,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                where_it_broke,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "hemmavid": {"handlers": ["stderr"], "level": LEVEL, "propagate": False},
        # Django's own lines repeat whole addresses; our request line says the same without them.
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
