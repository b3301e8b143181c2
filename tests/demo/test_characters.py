"""The fixed characters tell their stories in every demo; and the people who log in."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest

from hemmavid.demo.characters import CHARACTERS
from hemmavid.demo.officers import OFFICERS, TEAMS
from hemmavid.demo.people import ROLE_WORDS, demo_people
from hemmavid.demo.providers import HOME_UNITS, UNITS
from tests.demo.folders import Folder, counts, written

MONTHS = [date(2022, 12, 14), date(2026, 3, 1), date(2024, 3, 10), date(2026, 8, 1), date(2025, 1, 2)]


def hours(folder: Folder, client: str) -> dict[str, list[timedelta]]:
    month = folder.summary.last_full_month.isoformat()[:7]
    lengths = defaultdict(list)
    for visit, start, end in folder.spans:
        if visit["client"] == client and visit["start"][:7] == month and counts(visit):
            lengths[visit["intervention"]].append(end - start)
    return lengths


@pytest.mark.parametrize("until", MONTHS, ids=str)
@pytest.mark.parametrize("seed", [1, 2])
def test_elsa_vinters_month_is_the_printed_example(tmp_path: Path, until: date, seed: int) -> None:
    """174 minutes a week; 32 visits of 8,13 hours on frame time and one of 0,15 on morgonhjalp (seed 001)."""
    folder = written(tmp_path, clients=1, months=1, seed=seed, until=until)
    assert folder.clients[0]["family_name"] == "Vinter"
    [grant] = folder.grants
    assert (grant["intervention"], grant["minutes"], grant["per"]) == ("ramtid", "174", "week")
    lengths = hours(folder, "K0001")
    assert set(lengths) == {"ramtid", "morgonhjalp"}
    assert len(lengths["ramtid"]) == 32
    assert sum(lengths["ramtid"], timedelta()) == timedelta(hours=8.13)
    assert min(lengths["ramtid"]) > timedelta(minutes=5)
    assert lengths["morgonhjalp"] == [timedelta(minutes=9)]


def test_tage_is_relieved_for_longer_than_granted(town: Folder) -> None:
    assert sum(hours(town, "K0002")["avlosning"], timedelta()) == timedelta(hours=5.25)


def test_stories(town: Folder) -> None:
    month = town.summary.last_full_month
    grants = defaultdict(list)
    for grant in town.grants:
        grants[grant["client"]].append(grant)
    layla, folke, ingvar, hodan = (grants[code] for code in ("K0003", "K0004", "K0010", "K0011"))
    assert [grant["unit"] for grant in layla] == ["U01", "U06"]
    assert layla[1]["from"] == month.replace(day=14).isoformat()
    assert int(folke[1]["minutes"]) > int(folke[0]["minutes"])
    assert ingvar[0]["in_effect_from"] == ""
    assert hodan[0]["unit"] == "U09"
    assert town.clients[4]["protected"] == town.clients[4]["rural"] == "yes"
    assert town.clients[5]["deceased_on"] == month.replace(day=17).isoformat()
    assert {grant["intervention"] for grant in grants["K0006"]} == {"ramtid", "vak"}
    assert "ramtid" not in {grant["intervention"] for grant in grants["K0007"]}
    assert len({absence["from"] for absence in town.absences if absence["client"] == "K0008"}) == 3
    doubled = Counter(visit["visit"] for visit in town.visits if visit["client"] == "K0009")
    assert max(doubled.values()) == 2
    plans = Counter(plan["client"] for plan in town.plans)
    assert plans["K0003"] >= 2
    assert plans["K0011"] == 2


def test_characters_have_names_of_their_own() -> None:
    names = [(one.given_name, one.family_name) for one in CHARACTERS]
    assert len(set(names)) == len(names)


def test_one_primary_person_a_role_and_a_manager_for_every_unit() -> None:
    people = demo_people()
    assert Counter(one.role for one in people if one.is_primary) == dict.fromkeys(ROLE_WORDS, 1)
    assert {one.unit for one in people if one.role == "unit_manager"} == {unit.code for unit in UNITS}
    assert len({one.username for one in people}) == len(people)
    assert all(one.username.replace(".", "").isascii() for one in people)
    assert people[0].label == "Maja Sand, enhetschef Hemtjänst Norr"
    assert {one.role for one in people if one.unit} == {"unit_manager", "coordinator"}


def test_forty_case_officers_in_teams_of_eight() -> None:
    officers = [one for one in demo_people() if one.role == "case_officer"]
    assert len(officers) == 40
    assert sorted(one.name for one in officers) == sorted(one.name for one in OFFICERS)
    assert set(Counter(one.team for one in OFFICERS).values()) == {8}
    assert [one.name for one in officers if one.has_button] == ["Bilal Karimi", "Hanna Forsmo"]
    assert officers[0].label == "Bilal Karimi, biståndshandläggare Team Norr"


def test_every_home_unit_has_a_team() -> None:
    teams = [unit for units in TEAMS.values() for unit in units]
    assert sorted(teams) == [unit.code for unit in HOME_UNITS]
