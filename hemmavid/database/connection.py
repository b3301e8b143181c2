"""How Django connects: the aliases default, owner and look_log, from the environment.

Pure: reads the mapping it is given, opens nothing, so that settings can be imported without a database.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from hemmavid.database.errors import DatabaseUnusable, Problem
from hemmavid.database.place import CHECKOUT, place_from

APP_ROLE = "hemmavid_app"
OWNER_ALIAS = "owner"
EMBEDDED_NAME = "hemmavid"
URL_VARIABLE = "HEMMAVID_DATABASE_URL"
APP_URL_VARIABLE = "HEMMAVID_APP_DATABASE_URL"
_OWN_SETTINGS = {"host": "HOST", "port": "PORT", "dbname": "NAME", "user": "USER", "password": "PASSWORD"}


def databases_from(environ: Mapping[str, str], checkout: Path = CHECKOUT) -> dict[str, dict[str, Any]]:
    """Django's DATABASES (contract.md section 1).

    `owner` is the URL's role (or the embedded owner): migrations, and nothing else. `default` and `look_log`
    are the same login acting as `hemmavid_app`, or the login of HEMMAVID_APP_DATABASE_URL when that is given.
    `look_log` is a connection of its own, so that a look is committed whatever becomes of the page.
    Raises DatabaseUnusable on a URL that cannot be read.
    """
    app_url = environ.get(APP_URL_VARIABLE, "")
    app_login = from_url(app_url, APP_URL_VARIABLE) if app_url else None
    if url := environ.get(URL_VARIABLE, ""):
        owner = from_url(url, URL_VARIABLE)
    else:
        # A web server may be given the application's login alone: it can look at the schema, not change it.
        owner = app_login or embedded(environ, checkout)
    application = acting_as_app(app_login or owner)
    return {"default": application, OWNER_ALIAS: owner, "look_log": {**application}}


def is_embedded(environ: Mapping[str, str]) -> bool:
    """Whether the database is ours to start and to migrate without being asked."""
    return not (environ.get(URL_VARIABLE) or environ.get(APP_URL_VARIABLE))


def embedded(environ: Mapping[str, str], checkout: Path = CHECKOUT) -> dict[str, Any]:
    """The embedded database as its owner sees it."""
    socket = place_from(environ, checkout).socket
    return _settings({"host": str(socket), "user": EMBEDDED_NAME, "dbname": EMBEDDED_NAME})


def from_url(url: str, variable: str = URL_VARIABLE) -> dict[str, Any]:
    """A PostgreSQL URL as libpq itself reads it: percent-encoding, `?host=/socket`, IPv6, any option."""
    if not url.startswith(("postgresql://", "postgres://")):
        raise DatabaseUnusable(Problem.URL_MALFORMED, variable=variable)
    try:
        parts = {key: str(value) for key, value in conninfo_to_dict(url).items() if value is not None}
    except ProgrammingError as error:
        # The message of libpq may hold the password, so it is not repeated.
        raise DatabaseUnusable(Problem.URL_MALFORMED, variable=variable) from error
    if not parts.get("dbname"):
        raise DatabaseUnusable(Problem.URL_WITHOUT_NAME, variable=variable)
    return _settings(parts)


def acting_as_app(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The same connection with `hemmavid_app` as its role from the first statement on."""
    if settings["USER"] == APP_ROLE:
        return {**settings}  # a login of that name needs no change of role, and PgBouncer takes no options
    options = " ".join(filter(None, (settings["OPTIONS"].get("options"), f"-c role={APP_ROLE}")))
    return {**settings, "OPTIONS": {**settings["OPTIONS"], "options": options}}


def conninfo(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The keywords for `psycopg.connect` that reach the same database as Django's settings."""
    own = {key: settings[name] for key, name in _OWN_SETTINGS.items() if settings.get(name)}
    return {**settings["OPTIONS"], **own}


def _settings(parts: Mapping[str, str]) -> dict[str, Any]:
    own = {name: parts.get(key, "") for key, name in _OWN_SETTINGS.items()}
    rest = {key: value for key, value in parts.items() if key not in _OWN_SETTINGS}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **own,
        "OPTIONS": rest,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
