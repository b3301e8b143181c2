"""Whatever is in the folder: what is right comes back, what is not is refused, and nothing ever breaks."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemmavid.access.actors import SYSTEM
from hemmavid.access.scope import scoped
from hemmavid.interfaces.exchange.columns import FILES
from hemmavid.interfaces.exchange.import_folder import ImportRefused
from hemmavid.orders.models import Grant
from hemmavid.people.models import Client
from hemmavid.rules.interventions import INTERVENTIONS
from hemmavid.visits.models import Visit
from tests.interfaces.exchange.folders import RIGHT, Folder, right_folder

pytestmark = pytest.mark.django_db
LIMITS = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)

# Anything but what cannot be stored, as RFC 4180 may carry it.
letters = st.characters(codec="utf-8", exclude_characters="\0")
texts = st.text(letters, min_size=1, max_size=30)
codes = st.text(st.characters(codec="utf-8", exclude_categories=("Z", "C")), min_size=1, max_size=20)
interventions = st.sampled_from(sorted(INTERVENTIONS))
days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
instants = st.integers(0, 50 * 365 * 86_400 * 1_000).map(
    lambda past: BEGINNING + timedelta(milliseconds=past)
)


@st.composite
def contents(draw) -> dict[str, list[list[str]]]:
    """Rows of a right folder: clients, grants one after another, visits by one staff member."""
    clients = draw(st.dictionaries(codes, st.tuples(texts, texts, texts), min_size=1, max_size=6))
    people = [[code, "", *named, "", "", "no", "yes", ""] for code, named in clients.items()]
    grants = [
        [f"G{place}", code, "U1", draw(interventions), str(draw(st.integers(1, 10_000))),
         draw(st.sampled_from(["week", "month"])), day.isoformat(),
         (day + timedelta(days=draw(st.integers(0, 400)))).isoformat(), day.isoformat(), ""]
        for place, code in enumerate(clients)
        for day in [draw(days)]
    ]  # fmt: skip
    starts = draw(st.lists(instants, max_size=8, unique_by=lambda start: start.date()))
    visits = [
        [f"V{place}", draw(st.sampled_from(people))[0], "U1", "ramtid", "S1",
         start.isoformat(), (start + timedelta(seconds=draw(st.integers(0, 3_600)))).isoformat(),
         "tag", "manual", "", "performed"]
        for place, start in enumerate(starts)
    ]  # fmt: skip
    return {"clients": people, "grants": grants, "visits": visits}


def write(path: Path, rows: dict[str, list[list[str]]]) -> Folder:
    folder = right_folder(path)
    for file in FILES:
        if file.name in rows or file.name in {"absences", "plans"}:
            with (path / file.path).open("w", encoding="utf-8", newline="") as text:
                csv.writer(text).writerows([file.names, *rows.get(file.name, [])])
    return folder


@LIMITS
@given(rows=contents())
def test_what_is_right_comes_back_as_it_went_in(rows: dict[str, list[list[str]]]) -> None:
    with TemporaryDirectory() as name, transaction.atomic(), scoped(SYSTEM):
        folder = write(Path(name), rows)
        folder.load()
        people = Client.objects.values_list("code", "given_name", "family_name", "street")
        assert set(people) == {(row[0], *row[2:5]) for row in rows["clients"]}
        grants = {grant.code: (grant.minutes, grant.per, grant.period.lower) for grant in Grant.objects.all()}
        assert grants == {row[0]: (int(row[4]), row[5], date.fromisoformat(row[6])) for row in rows["grants"]}
        visits = {visit.code: (visit.started_at, visit.ended_at) for visit in Visit.objects.all()}
        assert visits == {
            row[0]: (datetime.fromisoformat(row[5]), datetime.fromisoformat(row[6])) for row in rows["visits"]
        }
        assert folder.load().touched == 0
        transaction.set_rollback(True)


@LIMITS
@given(
    name=st.sampled_from(sorted(RIGHT)),
    at=st.floats(0, 1),
    length=st.integers(0, 30),
    piece=st.one_of(st.binary(max_size=20), st.text(max_size=10).map(str.encode), st.sampled_from(
        [b",", b'"', b"\n", b"\r", b"\0", b"\\N", b"\\.", b"\n\\.\n", b"-", b"9999-12-31", b"\xff", b"';--"]
    )),
)  # fmt: skip
def test_whatever_is_done_to_a_file_the_answer_is_an_import_or_a_refusal(
    name: str, at: float, length: int, piece: bytes
) -> None:
    with TemporaryDirectory() as path, transaction.atomic():
        folder = right_folder(Path(path))
        raw = RIGHT[name].encode()
        place = int(at * len(raw))
        folder.write(name, raw[:place] + piece + raw[place + length :])
        try:
            told = folder.load().warnings
        except ImportRefused as refused:
            told = refused.result.errors
        assert all("\n" not in str(one) and one.line >= 1 for one in told)
        transaction.set_rollback(True)
