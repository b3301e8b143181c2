"""`hemmavid demo`: an invented municipality through the same door as a real one (contract.md)."""

from datetime import date
from pathlib import Path

import pytest
from django.test import override_settings

from hemmavid.access.actors import SYSTEM
from hemmavid.access.models import RoleAssignment, User
from hemmavid.access.scope import scoped
from hemmavid.audit.queries import data_as_of
from hemmavid.cases.models import Case, Decision
from hemmavid.demo.people import demo_people
from hemmavid.interfaces.cli import exits, main
from hemmavid.journals.models import JournalEntry
from hemmavid.orders.models import OrderVersion
from hemmavid.organisations.models import Municipality
from hemmavid.people.models import Client, ClientCardVersion
from tests.factories import ProviderFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
SMALL = ("demo", "--clients", "12", "--months", "1", "--until", "2026-11-10", "--no-serve")


def demo(*more: str) -> int:
    return main.main([*SMALL, *more])


def output_of(capsysbinary, *words: str) -> bytes:
    capsysbinary.readouterr()
    assert main.main(list(words)) == exits.DONE
    return capsysbinary.readouterr().out


def test_prints_statement_and_settlement_of_the_last_full_month(capsys) -> None:
    assert demo() == exits.DONE
    out, err = capsys.readouterr()
    assert "Timunderlag LOV, oktober 2026" in out
    assert "Förslag till ersättning, oktober 2026" in out
    assert "Älvhamra kommun: 12 brukare" in err


def test_gives_one_person_for_each_role_and_marks_them_all_as_invented() -> None:
    demo()
    with scoped(SYSTEM):
        assert Municipality.objects.get().is_demo
        assert User.objects.filter(is_demo=True).count() == User.objects.count() == len(demo_people())
        roles = set(RoleAssignment.objects.values_list("role", flat=True))
    assert roles == {person.role for person in demo_people()}


def test_the_same_call_the_same_day_gives_every_report_byte_for_byte(capsysbinary) -> None:
    reports = [
        ("report", "timunderlag", "--month", "2026-10", "--format", kind)
        for kind in ("json", "csv", "xlsx", "pdf")
    ] + [("settle", "--month", "2026-10", "--format", "json")]
    demo()
    first = [output_of(capsysbinary, *words) for words in reports]
    demo()
    again = [output_of(capsysbinary, *words) for words in reports]
    assert first == again


def test_what_lies_behind_the_grants_touches_no_figure(capsysbinary, monkeypatch) -> None:
    """The same figures with the authority's side as without it, also of the month that still runs."""
    reports = [
        (*words, "--month", month, "--format", "json")
        for words in (("report", "timunderlag"), ("settle",))
        for month in ("2026-10", "2026-11")
    ]
    demo()
    furnished = [output_of(capsysbinary, *words) for words in reports]
    monkeypatch.setattr("hemmavid.interfaces.cli.demo.furnish", lambda **_: 0)
    demo()
    bare = [output_of(capsysbinary, *words) for words in reports]
    assert furnished == bare


def told() -> list[object]:
    """What people read in the demo of cases and orders, in an order of its own."""
    with scoped(SYSTEM):
        return [
            list(Case.objects.order_by("number").values_list("number", "client__code", "officer__name")),
            list(Decision.objects.order_by("number").values_list("number", "period", "decided_at", "model")),
            list(OrderVersion.objects.order_by("order__code", "number").values_list("content", "sent_at")),
            list(ClientCardVersion.objects.order_by("card__client__code", "number").values_list("content")),
            sorted(JournalEntry.objects.values_list("client__code", "happened_at", "text")),
        ]


def test_the_same_call_the_same_day_tells_the_same_stories() -> None:
    demo()
    first = told()
    demo()
    assert told() == first
    assert all(first)


def test_data_as_of_is_the_morning_of_the_last_day_and_not_the_clock() -> None:
    demo()
    with scoped(SYSTEM):
        changed = data_as_of()
    assert changed is not None
    assert changed.isoformat() == "2026-11-10T05:00:00+00:00"


def test_refuses_a_database_that_holds_anything_real_and_leaves_it_alone(capsys) -> None:
    with scoped(SYSTEM):
        ProviderFactory(code="RIKTIG")
    assert demo() == exits.USAGE
    assert "något annat än en demo" in capsys.readouterr().err
    with scoped(SYSTEM):
        assert ProviderFactory._meta.model.objects.filter(code="RIKTIG").exists()


def test_refuses_a_demo_that_a_real_person_has_moved_into() -> None:
    demo()
    UserFactory(is_demo=False)
    assert demo() == exits.USAGE
    with scoped(SYSTEM):
        assert Client.objects.filter(code__startswith="K").count() == 12


@override_settings(MAY_HOLD_DEMO=False)
def test_is_never_made_under_production_settings(capsys) -> None:
    assert demo() == exits.USAGE
    assert "produktionsläge" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--clients", "0"), "måste vara minst 1"),
        (("--months", "0"), "måste vara minst 1"),
        (("--clients", "många"), "är inget heltal"),
        (("--until", "i går"), "är ingen dag"),
        (("--until", "1999-01-01"), "ligger utanför"),
    ],
)
def test_says_what_is_wrong_with_a_call(words: tuple[str, str], reason: str, capsys) -> None:
    try:
        status = demo(*words)
    except SystemExit as stop:
        status = int(stop.code or 0)
    assert status == exits.USAGE
    assert reason in capsys.readouterr().err


def test_a_taken_port_is_told_before_anything_is_made(capsys, monkeypatch, tmp_path: Path) -> None:
    def refuse(**_: object) -> None:
        raise exits.Refused("porten är upptagen")

    monkeypatch.setattr("hemmavid.interfaces.cli.serve.check", refuse)
    words = [word for word in SMALL if word != "--no-serve"]
    assert main.main(words) == exits.REFUSED
    with scoped(SYSTEM):
        assert not Municipality.objects.exists()


def test_serves_what_it_has_made_with_the_demo_login(monkeypatch) -> None:
    served: list[dict[str, object]] = []

    def serve(**options: object) -> int:
        served.append(options)
        return exits.DONE

    monkeypatch.setattr("hemmavid.interfaces.cli.serve.check", lambda **_: None)
    monkeypatch.setattr("hemmavid.interfaces.cli.serve.serve", serve)
    words = [word for word in SMALL if word != "--no-serve"]
    assert main.main([*words, "--port", "8123"]) == exits.DONE
    assert served == [{"port": 8123, "demo_login": True}]


def test_until_is_today_unless_told_otherwise(monkeypatch, capsys) -> None:
    monkeypatch.setattr("hemmavid.lib.clock.today", lambda: date(2026, 3, 5))
    assert main.main(["demo", "--clients", "5", "--months", "1", "--no-serve"]) == exits.DONE
    assert "till 2026-03-05" in capsys.readouterr().err
