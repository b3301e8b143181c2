"""PostgreSQL for root, with and without user namespaces (stack.md section 2, launcher rule 1)."""

import os
import shutil
from pathlib import Path

import pytest

from hemmavid.database import account
from hemmavid.database.account import NOBODY, Account, choose_account
from hemmavid.database.errors import DatabaseUnusable, Problem
from hemmavid.database.launcher import use_embedded
from tests.database.conftest import connect

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")


@pytest.fixture
def no_namespaces(monkeypatch):
    """As in a container that forbids `unshare`."""
    monkeypatch.setattr(account, "namespaces_are_allowed", lambda: False)


def test_an_ordinary_user_is_itself(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert choose_account() == Account()


def test_without_the_program_unshare_there_are_no_namespaces(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert not account.namespaces_are_allowed()


def test_programs_get_no_setting_of_ours(monkeypatch):
    monkeypatch.setenv("PGDATABASE", "somewhere-else")
    assert "PGDATABASE" not in Account().run(["env"]).stdout


@as_root
class TestWithoutNamespaces:
    @pytest.mark.usefixtures("no_namespaces")
    def test_the_server_runs_as_nobody(self, launched):
        lease = launched.start()
        pid = lease.cluster.living_server()
        assert Path(f"/proc/{pid}").stat().st_uid == NOBODY
        assert lease.cluster.folder == launched.var / "postgres"
        with connect(lease, "hemmavid", "hemmavid") as owner:
            assert owner.execute("SELECT current_user").fetchone() == ("hemmavid",)

    def test_data_changes_hands_when_namespaces_come_and_go(self, launched, monkeypatch):
        with launched.start(), monkeypatch.context() as patch:
            patch.setattr(account, "namespaces_are_allowed", lambda: False)
        for is_allowed in (False, True):
            with monkeypatch.context() as patch:
                patch.setattr(account, "namespaces_are_allowed", lambda answer=is_allowed: answer)
                with launched.start() as lease:
                    assert lease.cluster.is_answering()

    @pytest.mark.usefixtures("no_namespaces")
    def test_a_closed_home_gets_its_data_and_programs_elsewhere(self, tmp_path, monkeypatch):
        (tmp_path / "home").mkdir(mode=0o700)
        is_open = account.is_open_to_others
        monkeypatch.setattr(
            account, "is_open_to_others", lambda path: "site-packages" not in str(path) and is_open(path)
        )
        with use_embedded({}, tmp_path / "home", is_durable=False) as lease:
            try:
                assert lease.cluster.is_answering()
                assert lease.cluster.folder == lease.place.aside / "postgres"
                assert lease.cluster.binaries.folder.is_relative_to(lease.place.aside)
                use_embedded({}, tmp_path / "home", is_durable=False).leave()
            finally:
                lease.leave()
                shutil.rmtree(lease.place.aside)

    @pytest.mark.usefixtures("no_namespaces")
    def test_a_chosen_folder_that_nobody_can_reach_is_refused(self, empty_launched):
        empty_launched.var.mkdir(exist_ok=True)
        empty_launched.var.chmod(0o700)
        with pytest.raises(DatabaseUnusable) as refusal:
            empty_launched.start()
        assert refusal.value.problem is Problem.FOLDER_UNREADABLE


def test_a_folder_that_somebody_else_may_write_to_is_refused(tmp_path):
    (tmp_path / "aside").mkdir()
    (tmp_path / "aside").chmod(0o777)
    with pytest.raises(DatabaseUnusable) as refusal:
        account.make_aside(tmp_path / "aside")
    assert refusal.value.problem is Problem.FOLDER_TAKEN


def test_a_link_that_somebody_else_has_laid_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "aside").symlink_to(tmp_path / "elsewhere")
    with pytest.raises((DatabaseUnusable, FileExistsError)):
        account.make_aside(tmp_path / "aside")
