"""The client card on screen: read, receipted, edited by two at once, printed, and checked from its paper."""

import re
from datetime import UTC, date, datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.audit.models import Action, Look
from hemmavid.messages.models import Message, Thread
from hemmavid.orders.models import Grant
from hemmavid.people.models import CardError, Client, ClientCardReading, ClientCardVersion
from tests.factories import ClientCardVersionFactory, GrantFactory
from tests.interfaces.office.leaks.answers import bare, pdf_text
from tests.interfaces.office.scenes import scene

pytestmark = pytest.mark.django_db
CONTENT = {
    "alerts": ["Diabetes", "Faller lätt"],
    "entry": ["Porttelefon, tryck Vinter"],
    "relatives": ["Annika Vinter, dotter, 000-11 22 33"],
    "keys": ["Nyckel 114 i skåp A"],
}
HIDDEN = re.compile("Annika|tryck Vinter|000-11|skåp A")


@pytest.fixture
def shown():
    """A unit's client with a card of one version."""
    found = scene(1, given_name="Elsa", family_name="Vinter")
    with scoped(SYSTEM):
        ClientCardVersionFactory(card__client=found.client, content=CONTENT)
    return found


def url(shown, rest: str = "") -> str:
    return f"/brukare/{shown.client.pk}/kort/{rest}"


def text_of(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def typed(**about: str) -> dict[str, str]:
    return {
        "expected": "1",
        **{name: "\n".join(lines) for name, lines in CONTENT.items()},
        **dict.fromkeys(("language", "pets", "phone", "named_carer", "health_care", "interventions"), ""),
        "home_binder": "",
        "other": "",
        **about,
    }


def next_version(shown, officer, **about: str):
    return officer.post(url(shown, "andra/"), typed(**about), follow=True)


class TestReading:
    def test_the_client_page_says_what_is_new_and_receipts_with_one_button(self, shown, log_in):
        coordinator = log_in(Role.COORDINATOR, shown.unit)
        client_page = f"/brukare/{shown.client.pk}/"
        assert "Du har inte läst personkortet" in text_of(coordinator.get(client_page))
        answer = coordinator.post(url(shown, "kvittera/"), {"nummer": "1"}, follow=True)
        assert answer.redirect_chain[-1][0] == client_page
        assert "Du har läst version 1, som gäller nu" in text_of(answer)
        next_version(shown, log_in(Role.CASE_OFFICER), keys="Nyckel 115 i skåp B", pets="Hund")
        text = text_of(coordinator.get(client_page))
        assert "2 ändringar sedan du läste version 1 (visa skillnad)" in text
        assert "<del>Nyckel 114 i skåp A</del>" in text
        assert "<ins>Hund</ins>" in text
        assert "Kvittera version 2" in text

    def test_the_card_shows_every_heading_and_who_has_read(self, shown, log_in):
        coordinator = log_in(Role.COORDINATOR, shown.unit, name="Samira Samordnare")
        answer = coordinator.post(url(shown, "kvittera/"), {"nummer": "1", "kort": "1"}, follow=True)
        text = text_of(answer)
        for words in (
            "Viktigt att veta",
            "Diabetes",
            "Nyckel 114 i skåp A",
            "Samira Samordnare",
            "version 1",
        ):
            assert words in text

    def test_every_opening_is_logged(self, shown, log_in):
        log_in(Role.COORDINATOR, shown.unit).get(url(shown))
        with scoped(SYSTEM):
            assert Look.objects.get(page="client_card", action=Action.LOOK).client_id == shown.client.pk

    @pytest.mark.parametrize("number", ["", "x", "99", "-1", "9" * 30])
    def test_a_receipt_for_what_is_not_there_is_none(self, number, shown, log_in):
        answer = log_in(Role.COORDINATOR, shown.unit).post(url(shown, "kvittera/"), {"nummer": number})
        assert answer.status_code in (302, 404)
        with scoped(SYSTEM):
            assert not ClientCardReading.objects.exists()

    def test_two_versions_are_compared(self, shown, log_in):
        officer = log_in(Role.CASE_OFFICER)
        next_version(shown, officer, alerts="Diabetes")
        text = text_of(officer.get(url(shown, "versioner/")))
        assert "Skillnaden mellan version 1 och 2" in text
        assert "<del>Faller lätt</del>" in text
        assert "Versionerna är lika" in text_of(officer.get(url(shown, "versioner/?fran=2&till=2")))
        for odd in ("?fran=9&till=8", "?fran=x&till=y", "?till=0", "?fran=1" + "0" * 40):
            assert officer.get(url(shown, f"versioner/{odd}")).status_code == 200

    @pytest.mark.parametrize("versions", [1, 30])
    def test_costs_the_same_number_of_queries_for_one_version_and_thirty(
        self, versions, shown, log_in, django_assert_num_queries
    ):
        coordinator = log_in(Role.COORDINATOR, shown.unit)
        with scoped(SYSTEM):
            card = ClientCardVersion.objects.get().card
            for number in range(2, versions + 1):
                ClientCardVersionFactory(card=card, number=number)
            type(card).objects.update(number=versions)
        with django_assert_num_queries(21):
            coordinator.get(url(shown))


class TestWriting:
    def test_a_new_version_is_saved_and_told_to_who_serves(self, shown, log_in):
        text = text_of(next_version(shown, log_in(Role.CASE_OFFICER), pets="Hund"))
        assert "Version 2 av personkortet är sparad" in text
        with scoped(SYSTEM):
            message = Message.objects.get()
            assert message.thread.unit_ids == [shown.unit.pk]
        assert "Ändrat: Husdjur." in message.text
        assert "Hund." not in message.text

    def test_what_is_refused_is_said_at_the_box_and_nothing_typed_is_lost(self, shown, log_in):
        officer = log_in(Role.CASE_OFFICER)
        text = text_of(officer.post(url(shown, "andra/"), typed(keys="Portkod 4711", pets="Hund")))
        assert "Skriv inte koder på personkortet" in text
        assert "Portkod 4711" in text
        assert "Hund" in text
        long = text_of(officer.post(url(shown, "andra/"), typed(other="x" * 40_000)))
        assert "Kortet ska få plats på en sida" in long
        assert "x" * 40_000 in long
        assert "Du har inte ändrat något" in text_of(officer.post(url(shown, "andra/"), typed()))

    def test_of_two_officers_the_second_sees_both_changes_put_together(self, shown, log_in):
        first = log_in(Role.CASE_OFFICER, name="Anna Först")
        second = log_in(Role.CASE_OFFICER, name="Bo Andra")
        next_version(shown, first, pets="Hund", alerts="Diabetes")
        text = text_of(second.post(url(shown, "andra/"), typed(keys="Nyckel 115", alerts="Epilepsi")))
        assert "Anna Först sparade version 2" in text
        assert "Ni har båda ändrat Viktigt att veta" in text
        for kept in ("Hund", "Nyckel 115", "Epilepsi", 'name="expected" value="2"'):
            assert kept in text
        with scoped(SYSTEM):
            assert ClientCardVersion.objects.count() == 2
        saved = second.post(url(shown, "andra/"), typed(expected="2", pets="Hund", keys="Nyckel 115"))
        assert saved.status_code == 302

    @pytest.mark.parametrize("expected", ["", "x", "-1", "99", "1" + "0" * 50])
    def test_an_odd_version_number_is_no_error(self, expected, shown, log_in):
        answer = log_in(Role.CASE_OFFICER).post(url(shown, "andra/"), typed(expected=expected, pets="Hund"))
        assert answer.status_code == 200
        with scoped(SYSTEM):
            assert ClientCardVersion.objects.count() == 1

    def test_the_first_card_is_written_from_an_empty_form(self, log_in):
        found = scene(1)
        officer = log_in(Role.CASE_OFFICER)
        assert "Inget personkort är skrivet" in text_of(officer.get(url(found)))
        answer = officer.post(url(found, "andra/"), {"expected": "0", "alerts": "Diabetes"}, follow=True)
        assert "Version 1 av personkortet är sparad" in text_of(answer)


class TestErrors:
    def test_a_unit_reports_the_authority_answers_and_both_see_the_outcome(self, shown, log_in):
        coordinator, officer = log_in(Role.COORDINATOR, shown.unit), log_in(Role.CASE_OFFICER)
        report = {"number": "1", "text": "Nyckeln är återlämnad."}
        assert "Felet är rapporterat" in text_of(coordinator.post(url(shown, "fel/"), report, follow=True))
        assert "Nyckeln är återlämnad." in text_of(officer.get(url(shown)))
        with scoped(SYSTEM):
            error = CardError.objects.get()
        settled = {"outcome": "corrected", "text": "Ändrat i version 2."}
        text = text_of(officer.post(url(shown, f"fel/{error.pk}/"), settled, follow=True))
        assert "Svaret är skickat" in text
        again = text_of(officer.post(url(shown, f"fel/{error.pk}/"), settled, follow=True))
        assert "redan svarat" in again
        assert "Personkortet är rättat" in text_of(coordinator.get(url(shown)))

    @pytest.mark.parametrize(
        ("text", "told"), [("", "Beskriv vad som inte stämmer."), ("x" * 1001, "högst 1 000 tecken")]
    )
    def test_a_report_that_is_refused_stands_as_typed(self, text, told, shown, log_in):
        answer = log_in(Role.COORDINATOR, shown.unit).post(url(shown, "fel/"), {"number": "1", "text": text})
        assert told in text_of(answer)
        assert text in answer.content.decode()

    @pytest.mark.parametrize("posted", [{}, {"outcome": "x", "text": "y"}, {"outcome": "corrected"}])
    def test_an_answer_without_outcome_or_words_is_refused(self, posted, shown, log_in):
        log_in(Role.COORDINATOR, shown.unit).post(url(shown, "fel/"), {"number": "1", "text": "Fel"})
        with scoped(SYSTEM):
            error = CardError.objects.get()
        answer = log_in(Role.CASE_OFFICER).post(url(shown, f"fel/{error.pk}/"), posted, follow=True)
        assert "hv-note--error" in text_of(answer)


class TestPaper:
    def printed(self, shown, browser) -> str:
        answer = browser.get(url(shown, "skriv-ut/"))
        assert answer.headers["Content-Type"] == "application/pdf"
        return bare(pdf_text(answer.content))

    def test_the_card_is_printed_with_version_and_printer_and_logged(self, shown, log_in):
        browser = log_in(Role.COORDINATOR, shown.unit, name="Samira Samordnare")
        text = self.printed(shown, browser)
        for words in ("ElsaVinter", "Version1", "Diabetes", "Nyckel114", "avSamiraSamordnare"):
            assert words in text
        with scoped(SYSTEM):
            look = Look.objects.get(action=Action.EXPORT)
        assert (look.page, look.client_id) == ("client_card", shown.client.pk)

    def test_the_qr_answers_after_login_whether_the_paper_holds(self, shown, log_in, client):
        with scoped(SYSTEM):
            first = ClientCardVersion.objects.get()
        address = f"/personkort/{first.pk}/"
        assert client.get(address).status_code == 302
        coordinator = log_in(Role.COORDINATOR, shown.unit)
        assert "Papperet är aktuellt" in text_of(coordinator.get(address))
        next_version(shown, log_in(Role.CASE_OFFICER), pets="Hund")
        text = text_of(coordinator.get(address))
        assert "Papperet har version 1. Nu gäller version 2" in text
        assert log_in(Role.COORDINATOR, scene(1).unit).get(address).status_code == 404

    def test_the_address_on_paper_says_nothing_of_the_client(self, shown):
        with scoped(SYSTEM):
            version = ClientCardVersion.objects.get()
        assert str(version.pk) != str(shown.client.pk)


class TestProtected:
    @pytest.fixture
    def protected(self, shown):
        with scoped(SYSTEM):
            Client.objects.filter(pk=shown.client.pk).update(is_protected=True)
        return shown

    @pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CASE_OFFICER, Role.ON_CALL_SUPERVISOR])
    def test_neither_page_nor_paper_nor_difference_tells_who(self, role, protected, log_in):
        with scoped(SYSTEM):
            type(protected.unit.provider).objects.update(kind="municipal")
        browser = log_in(role, protected.unit)
        for rest in ("", "versioner/", "versioner/?fran=0&till=1"):
            text = text_of(browser.get(url(protected, rest)))
            assert not HIDDEN.search(text)
            assert "Diabetes" in text
        assert not HIDDEN.search(text_of(browser.get(f"/brukare/{protected.client.pk}/")))
        if role is not Role.ON_CALL_SUPERVISOR:
            assert not re.search("Annika|tryckVinter|000-11|ElsaVinter", self.printed(protected, browser))

    printed = TestPaper.printed

    def test_is_opened_by_one_post_for_that_view_only(self, protected, log_in):
        browser = log_in(Role.COORDINATOR, protected.unit)
        assert "Annika" in text_of(browser.post(url(protected, "oppna/")))
        assert not HIDDEN.search(text_of(browser.get(url(protected))))
        assert browser.get(url(protected, "oppna/")).status_code == 302
        with scoped(SYSTEM):
            assert Look.objects.filter(action=Action.OPEN_PROTECTED).count() == 1

    def test_is_edited_without_what_tells_who_and_that_is_kept(self, protected, log_in):
        officer = log_in(Role.CASE_OFFICER)
        assert not HIDDEN.search(text_of(officer.get(url(protected, "andra/"))))
        assert officer.post(url(protected, "andra/"), {"expected": "1", "pets": "Hund", "alerts": "Diabetes"})
        with scoped(SYSTEM):
            newest = ClientCardVersion.objects.get(number=2).content
        assert (newest["relatives"], newest["pets"]) == (CONTENT["relatives"], ["Hund"])

    def test_is_edited_whole_when_opened_and_the_log_knows(self, protected, log_in):
        officer = log_in(Role.CASE_OFFICER)
        assert "Annika" in text_of(officer.post(url(protected, "andra/")))
        with scoped(SYSTEM):
            assert Look.objects.filter(action=Action.OPEN_PROTECTED).count() == 1


class TestGolden10:
    """A client card sent to provider A never exposes an investigation or another client to A (R018)."""

    def test_another_provider_finds_no_card_page_paper_or_receipt(self, shown, log_in):
        stranger = log_in(Role.UNIT_MANAGER, scene(1).unit)
        for rest in ("", "versioner/", "skriv-ut/"):
            assert stranger.get(url(shown, rest)).status_code == 404
        for rest in ("kvittera/", "fel/", "oppna/"):
            assert (
                stranger.post(url(shown, rest), {"nummer": "1", "number": "1", "text": "x"}).status_code
                == 404
            )
        with scoped(SYSTEM):
            assert not ClientCardReading.objects.exists()
            assert not Thread.objects.exists()

    def test_the_card_holds_the_card_and_no_word_of_another_client(self, shown, log_in):
        with scoped(SYSTEM):
            other = GrantFactory(client__given_name="Främmande", client__family_name="Granne").client
            ClientCardVersionFactory(card__client=other, content={"alerts": ["Grannens hemlighet"]})
        browser = log_in(Role.UNIT_MANAGER, shown.unit)
        answers = [
            text_of(browser.get(f"/brukare/{shown.client.pk}/")),
            text_of(browser.get(url(shown))),
            text_of(browser.get(url(shown, "versioner/"))),
            TestPaper().printed(shown, browser),
        ]
        assert not [text for text in answers if re.search("Främmande|Granne|hemlighet", text)]

    def test_an_old_provider_keeps_its_own_time_without_who_and_where(self, shown, log_in):
        with scoped(SYSTEM):
            own_time = DateRange(date(2022, 1, 1), date(2022, 12, 1))
            Grant.objects.filter(client=shown.client).update(period=own_time)
            GrantFactory(client=shown.client, period=DateRange(date(2022, 12, 1), None))
            card = ClientCardVersion.objects.get().card
            later = ClientCardVersionFactory(
                card=card, number=2, content={"alerts": ["Efter vår tid"]},
                made_at=datetime(2022, 12, 5, tzinfo=UTC),
            )  # fmt: skip
            type(card).objects.update(number=2)
        browser = log_in(Role.UNIT_MANAGER, shown.unit)
        for path in (url(shown), url(shown, "versioner/"), f"/brukare/{shown.client.pk}/"):
            text = text_of(browser.get(path))
            assert not HIDDEN.search(text)
            assert "Efter vår tid" not in text
        assert browser.get(url(shown, "skriv-ut/")).status_code == 404
        assert browser.get(f"/personkort/{later.pk}/").status_code == 404
        with scoped(SYSTEM):
            first = ClientCardVersion.objects.get(number=1)
        assert "Förstör papperet" in text_of(browser.get(f"/personkort/{first.pk}/"))

    def test_who_only_counts_money_has_no_card(self, shown, log_in):
        controller = log_in(Role.CONTROLLER)
        assert controller.get(url(shown)).status_code == 404
        assert "Personkort" not in text_of(controller.get(f"/brukare/{shown.client.pk}/"))
