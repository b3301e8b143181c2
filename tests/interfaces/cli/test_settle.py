"""`hemmavid settle` from an import folder (contract.md sections 2 and 5; R197, R206, R207)."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from hemmavid.access.actors import SYSTEM
from hemmavid.access.scope import scoped
from hemmavid.audit.models import Look
from hemmavid.interfaces.cli import exits, main
from tests.factories.month_folder import load, seed_001, visit


def settle(*words: str) -> int:
    return main.main(["settle", "--month", "2022-11", *words])


def json_of(capsysbinary, *words: str) -> dict:
    assert settle("--format", "json", *words) == 0
    return json.loads(capsysbinary.readouterr().out)


def lines_of(proposal: dict) -> list[tuple[str, ...]]:
    return [
        tuple(line[key] for key in ("client", "unit", "intervention", "hours", "price", "amount"))
        for provider in proposal["providers"]
        for line in provider["lines"]
    ]


class TestTheContractsExample:
    @pytest.fixture(autouse=True)
    def seed(self, db, tmp_path: Path) -> None:
        load(tmp_path / "folder", **seed_001())

    def test_json_is_the_contracts_but_for_the_sentences(self, capsysbinary):
        proposal = json_of(capsysbinary)
        because = proposal["providers"][0]["lines"][0].pop("because")
        assert proposal == {
            "month": "2022-11",
            "providers": [
                {
                    "provider": "P1", "payment_date": "2022-12-15", "total": "5966.40",
                    "lines": [
                        {"client": "C1", "unit": "U1", "intervention": "ramtid", "hours": "12.43",
                         "price": "480.00", "amount": "5966.40"}
                    ],
                }
            ],
            "total": "5966.40",
        }  # fmt: skip
        assert len(because) >= 4
        assert all(isinstance(step, str) and step for step in because)

    def test_every_step_names_its_rule_and_what_it_rests_on(self, capsysbinary):
        because = json_of(capsysbinary)["providers"][0]["lines"][0]["because"]
        told = " ".join(because)
        for part in (
            "R195",
            "R205",
            "R081",
            "payment.model",
            "2022-10-01",
            "174",
            "12,43",
            "480,00",
            "5\xa0966,40",
        ):
            assert part in told

    def test_the_table_is_for_people(self, capsys):
        assert settle("--provider", "P1") == 0
        shown = capsys.readouterr().out
        assert "Betalas 15 december 2022" in shown
        assert "C1       U1     Ramtid   12,43     480,00   5\xa0966,40" in shown
        assert "Totalt" in shown

    def test_a_month_without_hours_says_so(self, capsys):
        assert settle("--month", "2017-01") == 0
        assert "Ingen ersättning för januari 2017." in capsys.readouterr().out

    def test_a_month_without_hours_is_an_empty_list(self, capsysbinary):
        assert json_of(capsysbinary, "--month", "2017-01") == {
            "month": "2017-01",
            "providers": [],
            "total": "0.00",
        }

    def test_an_unknown_provider_is_wrong_usage(self, capsys):
        assert settle("--provider", "P9") == exits.USAGE
        assert "utföraren 'P9' finns inte" in capsys.readouterr().err

    def test_it_is_logged_as_an_export(self, capsys):
        assert settle() == 0
        with scoped(SYSTEM):
            assert Look.objects.get(action="export").page == "hemmavid settle"

    def test_twice_gives_the_same_bytes(self, capsysbinary):
        first, second = ((settle("--format", "json"), capsysbinary.readouterr().out) for _ in range(2))
        assert first == second


class TestSeveralProviders:
    @pytest.fixture(autouse=True)
    def town(self, db, tmp_path: Path) -> None:
        load(
            tmp_path / "folder",
            providers=[{}, {"provider": "P2", "name": "Kommunens hemtjänst", "kind": "municipal"}],
            units=[{}, {"unit": "U2", "provider": "P2"}],
            prices=[{}, {"kind": "municipal", "base": "470.00"}],
            grants=[{}, {"grant": "G2", "unit": "U2"}],
        )

    def test_each_has_its_table_and_the_sum_comes_last(self, capsys):
        assert settle() == 0
        shown = capsys.readouterr().out
        assert shown.index("Utförare P1") < shown.index("Utförare P2") < shown.index("Alla utförare: 11")

    def test_one_alone_has_no_sum_of_all(self, capsys):
        assert settle("--provider", "P2") == 0
        shown = capsys.readouterr().out
        assert "Utförare P1" not in shown
        assert "Alla utförare" not in shown


class TestPrices:
    def test_a_missing_price_is_refused_with_kind_and_day(self, db, tmp_path, capsys):
        load(tmp_path / "folder", grants=[{}], prices=[{"valid_from": "2022-12-01"}])
        assert settle() == exits.REFUSED
        told = capsys.readouterr().err
        assert "private" in told
        assert "2022-11-30" in told
        assert told.count("\n") == 1

    def test_a_missing_price_of_a_kind_nobody_is_paid_by_does_no_harm(self, db, tmp_path, capsysbinary):
        providers = [{}, {"provider": "P2", "kind": "municipal"}]
        load(tmp_path / "folder", providers=providers, grants=[{}])
        assert json_of(capsysbinary)["total"] == "5966.40"

    def test_rural_supplement_and_deduction_stand_in_the_price(self, db, tmp_path, capsysbinary):
        load(
            tmp_path / "folder",
            providers=[{"coherent_hours_right": "no"}],
            clients=[{"rural": "yes"}],
            grants=[{}],
        )
        assert lines_of(json_of(capsysbinary)) == [("C1", "U1", "ramtid", "12.43", "492.00", "6115.56")]

    def test_a_municipal_provider_is_never_deducted(self, db, tmp_path, capsysbinary):
        load(
            tmp_path / "folder",
            providers=[{"kind": "municipal", "full_time_right": "no"}],
            prices=[{"kind": "municipal", "base": "470.00"}],
            grants=[{}],
        )
        assert lines_of(json_of(capsysbinary))[0][4] == "470.00"

    @pytest.mark.django_db(transaction=True)
    def test_an_old_month_replays_after_rights_rural_mark_and_price_have_changed(
        self, tmp_path, capsysbinary
    ):
        load(tmp_path / "folder", grants=[{}])
        before = json_of(capsysbinary)
        load(
            tmp_path / "folder",
            at=datetime(2023, 3, 10, 8, tzinfo=UTC),
            providers=[{"full_time_right": "no"}],
            clients=[{"rural": "yes"}],
            prices=[{}, {"valid_from": "2023-03-01", "base": "500.00"}],
            grants=[{}],
        )
        assert json_of(capsysbinary) == before
        assert lines_of(json_of(capsysbinary, "--month", "2023-02"))[0][4] == "480.00"
        assert lines_of(json_of(capsysbinary, "--month", "2023-03"))[0][4] == "512.00"  # 500 + 21 - 9

    def test_a_change_of_provider_in_mid_year_pays_each_for_its_own_days(self, db, tmp_path, capsysbinary):
        load(
            tmp_path / "folder",
            providers=[{}, {"provider": "P2", "kind": "municipal"}],
            units=[{}, {"unit": "U2", "provider": "P2"}],
            prices=[{}, {"kind": "municipal", "base": "470.00"}],
            grants=[
                {"to": "2022-11-15"},
                {"grant": "G2", "unit": "U2", "from": "2022-11-16", "in_effect_from": "2022-11-16"},
            ],
        )
        proposal = json_of(capsysbinary)
        assert lines_of(proposal) == [
            ("C1", "U1", "ramtid", "6.21", "480.00", "2980.80"),
            ("C1", "U2", "ramtid", "6.21", "470.00", "2918.70"),
        ]
        assert [one["total"] for one in proposal["providers"]] == ["2980.80", "2918.70"]
        assert lines_of(json_of(capsysbinary, "--provider", "P2")) == lines_of(proposal)[1:]
        assert [line[1] for line in lines_of(json_of(capsysbinary, "--month", "2022-10"))] == ["U1"]
        assert [line[1] for line in lines_of(json_of(capsysbinary, "--month", "2022-12"))] == ["U2"]


class TestCarePlans:
    def test_two_plans_for_the_same_new_client_give_two_hours_once(self, db, tmp_path, capsysbinary):
        load(tmp_path / "folder", plans=[{"approved_on": "2022-11-20"}, {"approved_on": "2022-11-25"}])
        assert lines_of(json_of(capsysbinary)) == [
            ("C1", "U1", "genomforandeplan", "2.00", "480.00", "960.00")
        ]

    def test_the_first_stands_in_its_own_month_only(self, db, tmp_path, capsysbinary):
        load(tmp_path / "folder", plans=[{"approved_on": "2022-10-20"}, {"approved_on": "2022-11-25"}])
        assert lines_of(json_of(capsysbinary)) == []
        assert len(lines_of(json_of(capsysbinary, "--month", "2022-10"))) == 1

    def test_of_one_day_the_first_row_stands_whatever_the_unit_is_called(self, db, tmp_path, capsysbinary):
        load(
            tmp_path / "folder",
            units=[{}, {"unit": "A0"}],
            plans=[{"unit": "U1"}, {"unit": "A0"}],
        )
        assert [line[1] for line in lines_of(json_of(capsysbinary))] == ["U1"]

    def test_a_new_provider_of_the_same_client_is_paid_for_its_own_first(self, db, tmp_path, capsysbinary):
        load(
            tmp_path / "folder",
            providers=[{}, {"provider": "P2"}],
            units=[{}, {"unit": "U2", "provider": "P2"}],
            plans=[{"approved_on": "2022-10-20"}, {"unit": "U2", "approved_on": "2022-11-25"}],
        )
        assert [line[1] for line in lines_of(json_of(capsysbinary))] == ["U2"]

    def test_an_approval_before_october_2022_uses_the_right_up_and_pays_nothing(
        self, db, tmp_path, capsysbinary
    ):
        load(tmp_path / "folder", plans=[{"approved_on": "2022-09-20"}, {"approved_on": "2022-11-25"}])
        assert lines_of(json_of(capsysbinary)) == []
        assert lines_of(json_of(capsysbinary, "--month", "2022-09")) == []

    def test_the_price_is_that_of_the_day_of_approval(self, db, tmp_path, capsysbinary):
        prices = [{}, {"valid_from": "2022-11-25", "base": "500.00"}]
        load(tmp_path / "folder", prices=prices, grants=[{}], plans=[{"approved_on": "2022-11-20"}])
        assert [(line[2], line[4]) for line in lines_of(json_of(capsysbinary))] == [
            ("genomforandeplan", "480.00"),
            ("ramtid", "500.00"),
        ]


def test_lines_are_ordered_by_client_unit_and_intervention_and_every_sum_adds_up(db, tmp_path, capsysbinary):
    codes = ["ramtid", "avlosning", "ledsagning"]
    grants = [
        {"grant": f"G{client}{unit}{code}", "client": client, "unit": unit, "intervention": code}
        for client in ("C10", "C2", "C1")
        for unit in ("U2", "U1")
        for code in codes
    ]
    visits = [
        visit(
            f"V{row['grant']}",
            "2022-11-05T10:00:00+01:00",
            4000,
            client=row["client"],
            unit=row["unit"],
            intervention=row["intervention"],
        )
        for row in grants
    ]
    load(
        tmp_path / "folder",
        units=[{}, {"unit": "U2"}],
        clients=[{"client": client} for client in ("C10", "C2", "C1")],
        grants=grants,
        visits=visits,
    )
    proposal = json_of(capsysbinary)
    lines = lines_of(proposal)
    assert [line[:3] for line in lines] == sorted(line[:3] for line in lines)
    assert len(lines) == 18
    assert sum(Decimal(line[5]) for line in lines) == Decimal(proposal["total"])
    assert {line[3] for line in lines if line[2] == "avlosning"} == {"1.11"}
