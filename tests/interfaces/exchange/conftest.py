"""Every test here imports into a real database."""

from pathlib import Path

import pytest

from tests.interfaces.exchange.folders import Folder, right_folder


@pytest.fixture
def folder(db, tmp_path: Path) -> Folder:
    return right_folder(tmp_path / "folder")
