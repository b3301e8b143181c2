"""Regellaboratoriet on the screen: a table is chosen, written or uploaded; nothing is decided or kept."""

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import override_settings

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.audit.models import Action, Look
from hemmavid.cases.models import GrantedNeed
from hemmavid.rules.parameter_files import SHIPPED
from tests.factories import ClientFactory, GrantFactory, UnitFactory
from tests.factories.cases import DecisionFactory, GrantedNeedFactory

URL = "/rapporter/regellaboratoriet/"
SHIPPED_TABLE = (SHIPPED / "municipal/frame_time.standard_times.toml").read_text(encoding="utf-8")
UNTIL_FURTHER_NOTICE = DateRange(date(2022, 1, 1), None)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2022-11-15T09:00:00+01:00", tick=False)]


def text_of(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def csv_of(page) -> list[list[str]]:
    return list(csv.reader(io.StringIO(page.content.decode("utf-8-sig")), delimiter=";"))


@pytest.fixture
def running():
    """Two cases: dressing every day at Norr, and cleaning besides at Söder."""
    with scoped(SYSTEM):
        for name, needs in (("Norr", ("pakladning",)), ("Söder", ("pakladning", "stadning"))):
            decision = DecisionFactory(case__client=ClientFactory(family_name=f"Vid{name}"))
            for need in needs:
                GrantedNeedFactory(decision=decision, need=need, visit="" if need == "stadning" else "morgon")
            unit = UnitFactory(name=name)
            GrantFactory(client=decision.client, unit=unit, period=UNTIL_FURTHER_NOTICE)


def upload(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("ny tabell.toml", text.encode(), content_type="text/plain")


class TestTheForm:
    def test_begins_with_the_table_in_force_and_says_that_nothing_is_kept(self, log_in):
        text = text_of(log_in(Role.CONTROLLER).get(URL))
        assert "Inget sparas och inget ändras" in text
        assert "exempeltabell 1 (gäller idag)" in text
        assert "nu 70 min" in text
        assert "Så blir det" not in text

    def test_offers_the_dated_versions_in_the_municipalitys_folder(self, log_in, tmp_path, running):
        later = SHIPPED_TABLE.partition("[[values]]")[2].replace("2000-01-01", "2023-01-01")
        later = later.replace('"exempeltabell 1"', '"tabell 2"').replace("minutes = 5,", "minutes = 6,")
        (tmp_path / "frame_time.standard_times.toml").write_text(
            f"{SHIPPED_TABLE}\n[[values]]{later}", encoding="utf-8"
        )
        with override_settings(PARAMETERS_FOLDER=str(tmp_path)):
            browser = log_in(Role.CONTROLLER)
            assert "tabell 2 (gäller inte än)" in text_of(browser.get(URL))
            text = text_of(browser.post(URL, {"version": "2023-01-01"}))
        assert "Schablontider efter: 2023-01-01 (tabell 2)" in text

    def test_the_catalogue_of_reports_leads_here_for_those_who_may_come(self, log_in):
        assert URL in text_of(log_in(Role.CONTROLLER).get("/rapporter/"))
        assert URL not in text_of(log_in(Role.CASE_OFFICER).get("/rapporter/"))


class TestARun:
    def test_scales_the_table_and_tells_who_gets_more(self, log_in, running):
        text = text_of(log_in(Role.CONTROLLER).post(URL, {"percent": "120"}))
        assert "2 får mer, 0 får mindre och 0 får lika av 2 ärenden" in text
        assert "alla tider 120 %" in text
        assert "Norr" in text
        assert "Hemliv" in text
        assert 'role="img"' in text
        assert "Visa som tabell" in text

    def test_changes_a_single_level(self, log_in, running):
        sent = {"niva-stadning-2": "80"}
        text = text_of(log_in(Role.CONTROLLER).post(URL, sent))
        assert "1 får mer, 0 får mindre och 1 får lika av 2 ärenden" in text
        assert "1 nivå ändrad" in text
        assert 'name="niva-stadning-2" value="80"' in text

    def test_tries_another_add_on_for_a_need_alone(self, log_in, running):
        text = text_of(log_in(Role.CONTROLLER).post(URL, {"alone": "0"}))
        assert "Tillägg för ett behov ensamt i besöket" in text

    def test_takes_an_uploaded_table_and_carries_it_on_in_the_page(self, log_in, running):
        table = SHIPPED_TABLE.replace("minutes = 70", "minutes = 75")
        page = log_in(Role.CONTROLLER).post(URL, {"file": upload(table)})
        assert "1 får mer, 0 får mindre och 1 får lika av 2 ärenden" in text_of(page)
        assert "minutes = 75" in page.content.decode()
        assert '<option value="egen" selected>' in text_of(page)

    def test_names_what_the_table_lacks(self, log_in, running):
        start = SHIPPED_TABLE.index("[values.value.dusch]")
        end = SHIPPED_TABLE.index("\n[values.value.", start + 1)
        table = SHIPPED_TABLE[:start] + SHIPPED_TABLE[end:]
        with scoped(SYSTEM):
            GrantedNeedFactory(decision=DecisionFactory(), need="dusch", level=1)
        text = text_of(log_in(Role.CONTROLLER).post(URL, {"version": "egen", "table": table}))
        assert "finns inte i schablontiderna efter: 1 ärende kan inte räknas" in text

    def test_keeps_nothing_and_decides_nothing(self, log_in, running):
        with scoped(SYSTEM):
            before = list(GrantedNeed.objects.order_by("pk").values_list("pk", "level", "period"))
        folder = Path(SHIPPED / "municipal")
        kept = {path.name: path.read_bytes() for path in folder.iterdir()}
        log_in(Role.AUTHORITY_MANAGER).post(URL, {"file": upload(SHIPPED_TABLE), "percent": "90"})
        with scoped(SYSTEM):
            assert list(GrantedNeed.objects.order_by("pk").values_list("pk", "level", "period")) == before
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == kept

    def test_answers_htmx_with_the_part_alone(self, log_in, running):
        headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
        part = log_in(Role.CONTROLLER).post(URL, {"percent": "120"}, headers=headers).content.decode()
        assert part.strip().startswith('<div id="regellaboratoriet"')

    @pytest.mark.parametrize("rows", [1, 30])
    def test_costs_the_same_number_of_queries_whatever_the_number_of_cases(
        self, rows, log_in, django_assert_num_queries
    ):
        with scoped(SYSTEM):
            for _ in range(rows):
                GrantedNeedFactory(decision=DecisionFactory())
        browser = log_in(Role.AUTHORITY_MANAGER)
        with django_assert_num_queries(23):
            browser.post(URL, {"percent": "120"})


class TestWhoSeesWhom:
    def test_the_authority_manager_sees_the_largest_changes_and_the_look_is_logged(self, log_in, running):
        text = text_of(log_in(Role.AUTHORITY_MANAGER).post(URL, {"percent": "120"}))
        assert "VidNorr" in text
        with scoped(SYSTEM):
            look = Look.objects.filter(page="laboratory").latest("number")
        assert (look.action, look.rows) == (Action.LIST, 2)

    def test_the_controller_sees_sums_and_nobody(self, log_in, running):
        browser = log_in(Role.CONTROLLER)
        assert "VidNorr" not in text_of(browser.post(URL, {"percent": "120"}))
        assert browser.post(f"{URL}?tabell=arenden&format=csv", {"percent": "120"}).status_code == 404


class TestBadInput:
    @pytest.mark.parametrize(
        ("change", "words"),
        [
            (("minutes = 70", "minutes = 7"), "Rad 26: stadning: nivå 2: en högre nivå får inte ge färre"),
            (('label = "Städning"', "label = Städning"), "Rad 27, tecken 9: det är inte giltig TOML"),
            (('unit = "minutes per occasion"', 'unit = "hours"'), "Unit: enheten ska vara"),
            (("[values.value.stadning]", "[values.value.golv]"), "stadning: behovet ska finnas"),
            (
                ('life_area = "domestic_life"', 'life_area = "annat"'),
                "Rad 26: stadning: värdet annat är okänt",
            ),
            (("Kristianstads", "Kristianstads \N{REPLACEMENT CHARACTER}"), "Spara filen som UTF-8"),
        ],
    )
    def test_a_table_with_a_fault_is_refused_at_its_line(self, change, words, log_in, running):
        table = SHIPPED_TABLE.replace(*change, 1)
        assert table != SHIPPED_TABLE
        text = text_of(log_in(Role.CONTROLLER).post(URL, {"file": upload(table)}))
        assert words in text
        assert "Det här behöver du rätta" in text
        assert "Så blir det" not in text

    def test_no_table_at_all_says_what_to_do(self, log_in):
        text = text_of(log_in(Role.CONTROLLER).post(URL, {"version": "egen"}))
        assert "Ladda upp en fil eller skriv in tabellen" in text

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            ({"percent": "0"}, "större än eller lika med 10"),
            ({"percent": "mycket"}, "Fyll i ett heltal"),
            ({"niva-stadning-2": "20"}, "Nivå 2 får inte ge färre minuter än nivån under"),
            ({"niva-stadning-1": "0"}, "större än eller lika med 1"),
            ({"alone": "61"}, "mindre än eller lika med 60"),
            ({"version": "1999-01-01"}, "finns inte bland tillgängliga alternativ"),
            ({"version": "egen", "table": "x" * 400_001}, "som mest 400000 tecken"),
        ],
    )
    def test_each_fault_stands_at_its_field(self, sent, words, log_in):
        text = text_of(log_in(Role.CONTROLLER).post(URL, sent))
        assert words in text.replace("\N{NO-BREAK SPACE}", "")
        assert "Så blir det" not in text

    def test_no_running_case_is_no_error(self, log_in):
        text = text_of(log_in(Role.CONTROLLER).post(URL, {}))
        assert "Inget ärende kan räknas med båda tabellerna" in text


@pytest.mark.parametrize(("kind", "opening"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("pdf", b"%PDF")])
@pytest.mark.parametrize("grouping", ["enheter", "livsomraden", "hushall", "fordelning", "arenden"])
def test_every_table_is_had_as_a_file(kind, opening, grouping, log_in, running):
    browser = log_in(Role.AUTHORITY_MANAGER)
    file = browser.post(f"{URL}?tabell={grouping}&format={kind}", {"percent": "120"})
    assert file.content.startswith(opening)


def test_the_file_has_the_figures_of_the_page(log_in, running):
    rows = csv_of(log_in(Role.CONTROLLER).post(f"{URL}?tabell=enheter&format=csv", {"percent": "120"}))
    assert [row[:3] for row in rows[1:]] == [
        ["Norr", "1", "1"],
        ["Söder", "1", "1"],
        ["Alla ärenden", "2", "2"],
    ]


def test_a_file_without_a_run_is_not_there(log_in):
    assert log_in(Role.CONTROLLER).get(f"{URL}?tabell=enheter&format=csv").status_code == 404
    assert log_in(Role.CONTROLLER).post(f"{URL}?tabell=x&format=csv", {}).status_code == 404
