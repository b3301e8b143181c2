"""The strict runtime: a real database, no network, and no forgiveness (architecture.md section 3)."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.runtime import guards

settings.register_profile("dev", deadline=None, max_examples=50)
settings.register_profile(
    "ci", deadline=None, max_examples=300, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HEMMAVID_HYPOTHESIS", "ci" if os.environ.get("CI") else "dev"))


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all xdist workers of this run share, and no other run."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, run_folder, worker_id) -> Iterator[None]:
    """pytest-django's fixture, replaced: our own launcher, roles and template (tests/runtime/database.py)."""
    from tests.runtime.database import test_database

    with django_db_blocker.unblock(), test_database(run_folder, worker_id):
        django_db_blocker.block()
        try:
            yield
        finally:
            django_db_blocker.restore()


@pytest.fixture(autouse=True, scope="session")
def _strict() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        guards.shuffle_unordered(patch)
        guards.refuse_instants_as_days(patch)
        guards.demand_named_locks(patch)
        guards.refuse_unknown_names_in_conditions(patch)
        yield


@pytest.fixture(autouse=True)
def _no_traces(tmp_path_factory, monkeypatch) -> None:
    """Whatever a test starts keeps its files out of the checkout."""
    monkeypatch.setenv("HEMMAVID_VAR", str(tmp_path_factory.getbasetemp() / "var-of-tests"))


@pytest.fixture
def as_system(db) -> Iterator[None]:
    """The database answers for the whole municipality, as it does for the command line."""
    from hemmavid.access.actors import SYSTEM
    from hemmavid.access.scope import scoped

    with scoped(SYSTEM):
        yield
