"""The mix of a town of 400 (sweden.md section 11), and that every trouble of real life is there."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from statistics import median

import pytest

from tests.demo.folders import OUTSIDE_LOV, Folder, counts, day

BESIDE_FRAME_TIME = OUTSIDE_LOV | {"matdistribution", "avlosning", "ledsagning", "egenvard", "vak"}
WEEK, MONTH = Fraction(1, 7), Fraction(12, 365)


def share(rows: list[bool]) -> float:
    return sum(rows) / len(rows)


def minutes_of_lov(town: Folder) -> list[float]:
    return [
        (end - start).total_seconds() / 60
        for visit, start, end in town.spans
        if visit["intervention"] not in OUTSIDE_LOV
    ]


def test_lengths(town: Folder) -> None:
    minutes = minutes_of_lov(town)
    assert 14 <= median(minutes) <= 18
    assert share([one < 5 for one in minutes]) == pytest.approx(0.09, abs=0.025)
    assert share([one > 60 for one in minutes]) == pytest.approx(0.055, abs=0.015)


def test_ends(town: Folder) -> None:
    manual = [
        (visit["start_method"] == "manual") + (visit["end_method"] == "manual")
        for visit in town.visits
        if visit["status"] == "performed"
    ]
    mix = Counter(manual)
    assert mix[0] / len(manual) == pytest.approx(0.85, abs=0.01)
    assert mix[1] / len(manual) == pytest.approx(0.10, abs=0.01)
    assert mix[2] / len(manual) == pytest.approx(0.05, abs=0.01)


def test_visits_in_vain_and_double(town: Folder) -> None:
    assert share([visit["status"] != "performed" for visit in town.visits]) == pytest.approx(0.03, abs=0.006)
    by_code = Counter(visit["visit"] for visit in town.visits)
    assert share([number == 2 for number in by_code.values()]) == pytest.approx(0.06, abs=0.02)
    assert max(by_code.values()) == 2


def test_wrongly_tagged(town: Folder) -> None:
    on_frame_time = {
        (grant["client"], grant["unit"]) for grant in town.grants if grant["intervention"] == "ramtid"
    }
    wrong = [
        visit["intervention"] != "ramtid"
        for visit in town.visits
        if (visit["client"], visit["unit"]) in on_frame_time
        and visit["intervention"] not in BESIDE_FRAME_TIME
        and visit["status"] == "performed"
    ]
    assert share(wrong) == pytest.approx(0.02, abs=0.004)


def test_granted_and_performed(town: Folder) -> None:
    granted, days = Fraction(0), set()
    for grant in town.grants:
        if grant["intervention"] in OUTSIDE_LOV:
            continue
        in_effect = town.days_in_effect(grant, town.deaths[grant["client"]])
        granted += int(grant["minutes"]) * (WEEK if grant["per"] == "week" else MONTH) * len(in_effect)
        days.update((grant["client"], on) for on in in_effect)
    performed = sum(
        (end - start).total_seconds() / 60
        for visit, start, end in town.spans
        if visit["intervention"] not in OUTSIDE_LOV and counts(visit)
    )
    assert 0.75 <= performed / float(granted) <= 0.85
    assert 20 <= float(granted) / 60 / len(days) * 365 / 12 <= 26
    away = sum(on in town.away[client] for client, on in days)
    assert away / len(days) == pytest.approx(0.04, abs=0.012)


def test_visits_a_day(town: Folder) -> None:
    """The full city of 3,500 clients has 6,000 a day, and 1,200 staff."""
    per_day = len(town.visits) / ((town.summary.until - town.summary.starts_on).days + 1)
    assert per_day / 400 * 3_500 == pytest.approx(6_000, rel=0.15)
    assert len(town.staff) == pytest.approx(400 * 1_200 / 3_500, abs=8)


def test_people(town: Folder) -> None:
    assert share([client["rural"] == "yes" for client in town.clients]) == pytest.approx(0.09, abs=0.02)
    assert share([client["protected"] == "yes" for client in town.clients]) == pytest.approx(0.015, abs=0.01)
    assert share([bool(client["deceased_on"]) for client in town.clients]) == pytest.approx(0.035, abs=0.015)
    assert any(not client["personal_number"] for client in town.clients)
    ages = [2022 - int(client["personal_number"][:4]) for client in town.clients if client["personal_number"]]
    assert share([age >= 65 for age in ages]) == pytest.approx(0.91, abs=0.03)


def test_municipality(town: Folder) -> None:
    assert Counter(provider["kind"] for provider in town.providers) == {"municipal": 1, "private": 6}
    assert len(town.units) == 12
    lacking = [one for one in town.providers if "no" in (one["full_time_right"], one["coherent_hours_right"])]
    assert [one["kind"] for one in lacking] == ["private"]
    assert {visit["unit"] for visit in town.visits} == {unit["unit"] for unit in town.units}
    assert {price["valid_from"] for price in town.prices} == {"2018-01-01", "2022-10-01"}


def test_every_trouble_of_the_decisions_is_there(town: Folder) -> None:
    assert any(not grant["in_effect_from"] for grant in town.grants), "not yet in effect"
    assert any(not grant["to"] for grant in town.grants), "open-ended"
    assert any(day(grant["from"]) > town.summary.until for grant in town.grants), "starts later"
    assert any(day(grant["to"] or "9999-12-31") < town.summary.starts_on for grant in town.grants), (
        "ended long ago"
    )
    assert {grant["per"] for grant in town.grants} == {"week", "month"}
    interventions = {grant["intervention"] for grant in town.grants}
    assert interventions >= {
        "ramtid",
        "morgonhjalp",
        "stadning",
        "matdistribution",
        "avlosning",
        "ledsagning",
    }
    assert interventions >= {"egenvard", "vak", "natthjalp", "trygghetslarm", "tillsyn_digital"}


def test_levels_and_providers_change_in_mid_month(town: Folder) -> None:
    frames = defaultdict(list)
    for grant in town.grants:
        if grant["intervention"] == "ramtid":
            frames[grant["client"]].append(grant)
    changes = Counter()
    for grants in frames.values():
        for before, after in pairwise(grants):
            on = date.fromisoformat(after["from"])
            if on > town.summary.starts_on and on.day > 1:
                assert day(before["to"]) == on - timedelta(days=1)
                changes["unit" if before["unit"] != after["unit"] else "level"] += 1
    assert changes["unit"] >= 5
    assert changes["level"] >= 20


def test_every_trouble_of_the_visits_is_there(town: Folder) -> None:
    approvals = {visit["approved"] for visit in town.visits if visit["start_method"] == "manual"}
    assert approvals == {"yes", "no", ""}
    assert {visit["status"] for visit in town.visits} == {"performed", "cancelled", "not_performed"}
    assert {visit["start_method"] for visit in town.visits} == {"tag", "lock", "qr", "manual", ""}
    assert any(start.date() != end.date() for _, start, end in town.spans), "across midnight"
    assert any(end - start > timedelta(hours=4) for _, start, end in town.spans), "forgotten to tag out"


def test_every_trouble_of_the_absences_is_there(town: Folder) -> None:
    assert any(not absence["to"] for absence in town.absences)
    returns = {(absence["client"], absence["to"]) for absence in town.absences}
    assert any((absence["client"], absence["from"]) in returns for absence in town.absences), "shared day"


def test_plans(town: Folder) -> None:
    by_client = Counter(plan["client"] for plan in town.plans)
    assert by_client.most_common(1)[0][1] >= 2
    assert all(day(plan["approved_on"]) <= town.summary.until for plan in town.plans)
    assert any(day(plan["approved_on"]) > town.summary.starts_on for plan in town.plans)
