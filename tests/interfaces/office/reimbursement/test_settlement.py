"""Ersättning: month, client, sentence."""

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.audit.models import Action, Look
from hemmavid.audit.operations import record_data_change
from hemmavid.organisations.models import Price
from tests.interfaces.office.scenes import NOVEMBER, scene

MONTH = f"/ersattning/{NOVEMBER}/"
AT = datetime(2022, 12, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def text_of(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def csv_of(page) -> list[list[str]]:
    return list(csv.reader(io.StringIO(page.content.decode("utf-8-sig")), delimiter=";"))


def listed_in(text: str) -> list[str]:
    return re.findall(r'<th scope="row"> <a[^>]*>([^<]+)</a>', text)


def totals_of(text: str) -> str:
    return re.search("<tfoot>.*?</tfoot>", text)[0]


def without_token(text: str) -> str:
    return re.sub(r'("X-CSRFToken": "|csrfmiddlewaretoken" value=")[^"]+', "", text)


def kronor(text: str) -> int:
    return int(text.replace(",", "").replace("\N{NO-BREAK SPACE}", "") or 0)


class TestMonth:
    def test_shows_the_total_as_a_proposal_with_payment_day(self, log_in):
        shown = scene(1)
        text = text_of(log_in(Role.UNIT_MANAGER, shown.unit).get(f"/ersattning/?manad={NOVEMBER}"))
        assert "Förslag" in text
        assert "Betalas 15 december 2022" in text
        assert "Mot oktober 2022" in text
        assert not re.search("utbetald|godkänd av", text)

    def test_opens_with_the_newest_month_that_has_ended(self, log_in):
        page = log_in(Role.UNIT_MANAGER, scene(1).unit).get("/ersattning/")
        assert "November 2022" in text_of(page)

    def test_has_no_kronor_for_a_coordinator(self, log_in):
        shown = scene(1)
        browser = log_in(Role.COORDINATOR, shown.unit)
        for url in ("/ersattning/", MONTH, f"{MONTH}{shown.client.pk}/", MONTH + "?format=csv"):
            assert browser.get(url).status_code == 404
        statement = "/rapporter/timunderlag/?manad=2022-11"
        for url in ("/", "/brukare/", f"/brukare/{shown.client.pk}/", statement):
            assert not re.search(r"\bkr\b|/ersattning/", text_of(browser.get(url)))

    def test_says_what_is_missing_when_there_is_no_price(self, log_in):
        shown = scene(1)
        with scoped(SYSTEM):
            Price.objects.update(valid_from=date(2099, 1, 1))
        browser = log_in(Role.UNIT_MANAGER, shown.unit)
        for url in (f"/ersattning/?manad={NOVEMBER}", MONTH, f"{MONTH}{shown.client.pk}/"):
            assert "kan inte räknas: det finns inget pris för privata utförare" in text_of(browser.get(url))
        assert "saknar pris" in text_of(browser.get("/"))

    def test_a_month_without_anything_says_so(self, log_in):
        page = log_in(Role.CONTROLLER).get("/ersattning/?manad=2022-11")
        assert "Ingen ersättning den här månaden" in text_of(page)

    def test_costs_little_until_the_data_change(self, log_in, django_assert_max_num_queries):
        browser = log_in(Role.UNIT_MANAGER, scene(1).unit)
        first = text_of(browser.get("/ersattning/"))
        with django_assert_max_num_queries(17):
            assert without_token(text_of(browser.get("/ersattning/"))) == without_token(first)

    @pytest.mark.parametrize("month", ["2022-13", "2022-00", "22-11"])
    def test_a_month_that_is_none_is_not_there(self, month, log_in):
        assert log_in(Role.CONTROLLER).get(f"/ersattning/{month}/").status_code == 404


class TestClients:
    def test_the_totals_are_the_sums_of_the_rows(self, log_in):
        shown = scene(3)
        browser = log_in(Role.UNIT_MANAGER, shown.unit)
        headings, *rows, total = csv_of(browser.get(MONTH + "?format=csv"))
        for place, heading in enumerate(headings[2:], start=2):
            assert kronor(total[place]) == sum(kronor(row[place]) for row in rows), heading
        whole = csv_of(browser.get(f"/ersattning/?manad={NOVEMBER}&format=csv"))
        assert kronor(whole[-1][2]) == kronor(total[-1])

    def test_a_clients_lines_sum_to_the_clients_row(self, log_in):
        shown = scene(1)
        browser = log_in(Role.UNIT_MANAGER, shown.unit)
        row = csv_of(browser.get(MONTH + "?format=csv"))[1]
        *lines, total = csv_of(browser.get(f"{MONTH}{shown.client.pk}/?format=csv"))[1:]
        assert sum(kronor(line[4]) for line in lines) == kronor(total[4]) == kronor(row[8])

    def test_shows_one_provider_when_asked(self, log_in):
        first, second = scene(1), scene(1)
        text = text_of(log_in(Role.CONTROLLER).get(f"{MONTH}?utforare={first.unit.provider.code}"))
        assert first.client.family_name in text
        assert second.client.family_name not in text

    def test_shows_only_ones_own_unit(self, log_in):
        own, other = scene(1), scene(1)
        text = text_of(log_in(Role.UNIT_MANAGER, own.unit).get(MONTH))
        assert own.client.family_name in text
        assert other.client.family_name not in text

    @pytest.mark.parametrize("rows", [1, 30])
    def test_costs_the_same_number_of_queries_whatever_its_length(
        self, rows, log_in, django_assert_num_queries
    ):
        browser = log_in(Role.UNIT_MANAGER, scene(rows).unit)
        with django_assert_num_queries(26):
            assert browser.get(MONTH).content.decode().count("data-row-link") == rows

    def test_shows_the_first_by_name_and_sums_everybody(self, log_in):
        browser = log_in(Role.UNIT_MANAGER, scene(52).unit)
        names = [row[0] for row in csv_of(browser.get(MONTH + "?format=csv"))[1:-1]]
        some, everybody = (text_of(browser.get(f"{MONTH}?visa={count}")) for count in (50, 100))
        assert [listed_in(some), listed_in(everybody)] == [names[:50], names]
        assert totals_of(some) == totals_of(everybody)

    def test_is_worked_out_once_until_the_data_change(self, log_in, django_assert_num_queries):
        browser = log_in(Role.UNIT_MANAGER, scene(3).unit)
        with scoped(SYSTEM):
            record_data_change(what="test", rows=1, at=AT)
        first = text_of(browser.get(MONTH))
        with django_assert_num_queries(15):
            assert without_token(text_of(browser.get(MONTH))) == without_token(first)
        with scoped(SYSTEM):
            Price.objects.update(base_ore=100)
            record_data_change(what="test", rows=1, at=AT)
        assert totals_of(text_of(browser.get(MONTH))) != totals_of(first)

    def test_never_names_a_protected_person(self, log_in):
        shown = scene(1, is_protected=True, given_name="Hemlig", family_name="Gömström",
                      personal_number="19400102-2380")  # fmt: skip
        browser = log_in(Role.UNIT_MANAGER, shown.unit)
        line = f"{MONTH}{shown.client.pk}/"
        for url in (MONTH, MONTH + "?format=csv", line, line + "?format=csv"):
            text = browser.get(url).content.decode("utf-8-sig")
            assert not re.search("Hemlig|Gömström|19400102", text)


class TestSentence:
    def test_tells_formula_parameters_dates_and_price(self, log_in):
        shown = scene(1)
        text = text_of(log_in(Role.UNIT_MANAGER, shown.unit).get(f"{MONTH}{shown.client.pk}/"))
        for words in (
            "Beviljat 174 min per vecka", "uppehåll", "R195", "gäller från 2022-10-01",
            "kr/h =", "Första godkända genomförandeplanen", "<details class=\"hv-fold\" open>",
        ):  # fmt: skip
            assert words in text.replace("\N{NO-BREAK SPACE}", " ")

    def test_tells_why_a_line_gives_nothing(self, log_in):
        shown = scene(1)
        text = text_of(log_in(Role.UNIT_MANAGER, shown.unit).get(f"{MONTH}{shown.client.pk}/"))
        assert "Ger ingen ersättning" in text
        assert "taggad morgonhjälp fast brukaren har ramtid" in text
        assert "Ingen utförd tid räknas, och ledsagning ersätts som utfört upp till beviljat" in text

    def test_is_not_there_for_another_provider(self, log_in):
        other = scene(1).client
        assert log_in(Role.UNIT_MANAGER, scene(1).unit).get(f"{MONTH}{other.pk}/").status_code == 404

    def test_a_client_without_anything_that_month_says_so(self, log_in):
        shown = scene(1)
        page = log_in(Role.UNIT_MANAGER, shown.unit).get(f"/ersattning/2021-11/{shown.client.pk}/")
        assert page.status_code == 200


class TestFiles:
    @pytest.mark.parametrize(
        ("kind", "opening"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("pdf", b"%PDF")]
    )
    def test_every_level_is_had_as_a_file(self, kind, opening, log_in):
        shown = scene(1)
        browser = log_in(Role.UNIT_MANAGER, shown.unit)
        for url in (f"/ersattning/?manad={NOVEMBER}&", MONTH + "?", f"{MONTH}{shown.client.pk}/?"):
            page = browser.get(f"{url}format={kind}")
            assert page.content.startswith(opening)
            assert f".{kind}" in page["Content-Disposition"]

    def test_an_unknown_kind_is_not_there(self, log_in):
        assert log_in(Role.UNIT_MANAGER, scene(1).unit).get(MONTH + "?format=exe").status_code == 404

    def test_a_file_is_written_in_the_log_as_taken_away(self, log_in):
        log_in(Role.UNIT_MANAGER, scene(2).unit).get(MONTH + "?format=csv")
        with scoped(SYSTEM):
            assert Look.objects.get(action=Action.EXPORT).rows == 2
