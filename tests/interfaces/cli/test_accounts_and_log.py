"""`hemmavid user`, `token` and `log`: what they print, and with what status they end."""

import getpass
import io
import re
import sys
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connections

from hemmavid.access.actors import SYSTEM
from hemmavid.access.models import User
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.audit import operations as audit
from hemmavid.audit.operations import Seen
from hemmavid.database import preparation
from hemmavid.interfaces.cli.main import main
from hemmavid.staffing.models import DeviceToken
from tests.access.neighbours import actor_of
from tests.factories import StaffFactory, UnitFactory

PASSWORD = "tre ord utan samband"
EVA = ("user", "add", "Eva Exempel", "--username", "eva", "--role", "system_administrator")


@pytest.fixture(autouse=True)
def _prepared(monkeypatch):
    monkeypatch.setattr(preparation, "prepare", lambda: None)


@pytest.fixture
def types(monkeypatch):
    """What is typed at the password questions, in order."""

    def typed(*answers: str) -> None:
        waiting = list(answers)
        monkeypatch.setattr(getpass, "getpass", lambda question: waiting.pop(0))

    return typed


@pytest.mark.django_db
class TestUser:
    def test_the_first_administrator_is_made(self, types, capsys):
        types(PASSWORD, PASSWORD)
        assert main(EVA) == 0
        user = User.objects.get(username="eva")
        assert user.check_password(PASSWORD)
        assert [held.role for held in user.assignments.all()] == ["system_administrator"]
        assert PASSWORD not in capsys.readouterr().out

    def test_the_password_may_come_through_a_pipe(self, monkeypatch):
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))
        assert main((*EVA, "--password-stdin")) == 0
        assert User.objects.get().check_password(PASSWORD)

    def test_a_role_of_a_unit_holds_there_and_then(self, types):
        unit = UnitFactory(code="E1")
        types(PASSWORD, PASSWORD)
        words = ("--unit", "E1", "--from", "2026-12-01", "--to", "2026-12-31")
        assert main(("user", "add", "Bo", "--username", "bo", "--role", "unit_manager", *words)) == 0
        held = User.objects.get().assignments.get()
        assert (held.unit, str(held.period.lower), str(held.period.upper)) == (
            unit,
            "2026-12-01",
            "2027-01-01",
        )

    @pytest.mark.parametrize(
        "words",
        [
            ("--role", "unit_manager"),
            ("--role", "controller", "--unit", "E1"),
            ("--role", "coordinator", "--unit", "E9"),
            ("--role", "chef"),
            ("--role", "controller", "--from", "igår"),
            ("--role", "controller", "--from", "2026-12-02", "--to", "2026-12-01"),
        ],
    )
    def test_a_wrong_call_ends_with_two_and_makes_nobody(self, words, types, capsys):
        UnitFactory(code="E1")
        types(PASSWORD, PASSWORD)
        assert main(("user", "add", "Bo", "--username", "bo", *words)) == 2
        assert capsys.readouterr().err
        assert not User.objects.exists()

    @pytest.mark.parametrize("typed", [(PASSWORD, "något annat helt"), ("kort", "kort")])
    def test_a_password_that_does_not_do_is_refused(self, typed, types, capsys):
        types(*typed)
        assert main(EVA) == 1
        assert capsys.readouterr().err
        assert not User.objects.exists()

    def test_a_name_that_is_taken_is_refused(self, types, capsys):
        types(*[PASSWORD] * 4)
        main(EVA)
        assert main(EVA) == 1
        assert "upptaget" in capsys.readouterr().err

    def test_is_given_a_new_password_and_ended(self, types, capsys):
        types(*[PASSWORD] * 2, *["fyra andra ord helt"] * 4)
        main(EVA)
        assert main(("user", "password", "EVA")) == 0
        assert User.objects.get().check_password("fyra andra ord helt")
        assert main(("user", "end", "eva")) == 0
        assert main(("user", "end", "eva")) == 1
        assert main(("user", "password", "eva")) == 1
        assert main(("user", "list")) == 0
        assert "eva\tEva Exempel\tavslutad" in capsys.readouterr().out

    def test_unknown_users_end_with_two(self):
        assert main(("user", "end", "ingen")) == 2
        assert main(("user", "password", "ingen")) == 2

    def test_the_list_says_what_each_may_today(self, types, capsys):
        types(PASSWORD, PASSWORD)
        main(EVA)
        capsys.readouterr()
        main(("user", "list"))
        assert capsys.readouterr().out == "eva\tEva Exempel\tsystem_administrator\n"


@pytest.mark.django_db
class TestToken:
    def test_prints_the_token_alone(self, capsys):
        with scoped(SYSTEM):
            StaffFactory(code="S17")
        assert main(("token", "--staff", "S17", "--device", "Mobil 4")) == 0
        assert re.fullmatch(r"[\w-]{43}\n", capsys.readouterr().out)
        with scoped(SYSTEM):
            assert DeviceToken.objects.get().device == "Mobil 4"

    @pytest.mark.parametrize(
        "words", [("--staff", "S99", "--device", "x"), ("--staff", "S17", "--device", " ")]
    )
    def test_unknown_staff_or_a_nameless_device_ends_with_two(self, words, capsys):
        with scoped(SYSTEM):
            StaffFactory(code="S17")
        assert main(("token", *words)) == 2
        assert capsys.readouterr().out == ""


@pytest.mark.django_db(transaction=True)
class TestLog:
    def test_seals_verifies_and_shows_a_broken_chain(self, capsys):
        seen = [Seen("client", client_id=uuid4()) for _ in range(3)]
        at = datetime(2026, 11, 24, tzinfo=UTC)
        audit.record_looks(seen, by=actor_of(Role.CONTROLLER), at=at, alias="look_log")
        assert main(("log", "seal")) == 0
        assert main(("log", "verify")) == 0
        printed = capsys.readouterr().out
        assert "Kedjan håller: 1 block, 3 rader, 0 väntar" in printed
        seal = re.search(r"1:[0-9a-f]{64}", printed).group()
        assert main(("log", "verify", "--seal", seal)) == 0
        assert main(("log", "verify", "--seal", f"2:{'0' * 64}")) == 1
        with connections["owner"].cursor() as cursor:
            cursor.execute("alter table audit_look disable trigger user")
            cursor.execute("update audit_look set page = 'annan'")
            cursor.execute("alter table audit_look enable trigger user")
        assert main(("log", "verify")) == 1
        assert "bruten i block 1" in capsys.readouterr().err

    def test_a_seal_of_another_form_ends_with_two(self):
        assert main(("log", "verify", "--seal", "abc")) == 2
