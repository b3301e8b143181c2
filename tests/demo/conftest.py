"""One demo of the default size, shared by the tests; its last full month is November 2022, as in seed 001."""

from datetime import date

import pytest

from tests.demo.folders import Folder, written


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return written(tmp_path_factory.mktemp("town"), clients=400, months=3, until=date(2022, 12, 14))
