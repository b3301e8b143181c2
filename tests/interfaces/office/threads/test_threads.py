"""Meddelanden: counted in the rail, read with receipts, answered, and closed when all agree."""

import re
from datetime import UTC, datetime

import pytest

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.audit.models import Look
from hemmavid.messages.models import Reading, Thread, ThreadKind
from hemmavid.messages.operations import NewThread, Side, open_thread
from hemmavid.people.models import Client
from tests.factories import GrantFactory
from tests.interfaces.office.scenes import OPEN_ENDED, scene

pytestmark = pytest.mark.django_db
AT = datetime(2022, 11, 15, 12, 0, tzinfo=UTC)
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#trad"}


@pytest.fixture
def shown():
    return scene(1, given_name="Elsa", family_name="Vinter")


@pytest.fixture
def coordinator(shown, log_in):
    return log_in(Role.COORDINATOR, shown.unit, name="Samira Samordnare")


@pytest.fixture
def officer(log_in):
    return log_in(Role.CASE_OFFICER, name="Hanna Handläggare")


def text_of(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def question(shown, subject: str = "Nyckeln", *, sender: Side | None = None, receivers=()) -> str:
    new = NewThread(
        client_id=shown.client.pk, kind=ThreadKind.QUESTION, subject=subject, text="Var är nyckeln?",
        sender=sender or Side(), receivers=receivers or (Side(shown.unit.pk),),
    )  # fmt: skip
    with scoped(SYSTEM):
        return f"/meddelanden/{open_thread(new, by=SYSTEM, at=AT)}/"


def count_in_rail(browser) -> list[str]:
    return re.findall(r'class="hv-count">(\d+)', text_of(browser.get("/hjalp/")))


class TestReading:
    def test_the_rail_counts_what_is_new_until_it_is_read(self, shown, coordinator, officer):
        thread = question(shown)
        assert (count_in_rail(coordinator), count_in_rail(officer)) == (["1"], [])
        coordinator.post(f"{thread}last/")
        assert count_in_rail(coordinator) == []

    def test_to_look_is_not_to_have_read_and_the_page_sends_the_receipt_itself(self, shown, coordinator):
        thread = question(shown)
        text = text_of(coordinator.get(thread))
        assert f'hx-post="{thread}last/" hx-trigger="load"' in text
        assert "Markera som läst" in text
        with scoped(SYSTEM):
            assert not Reading.objects.exists()
        part = text_of(coordinator.post(f"{thread}last/", headers=HTMX))
        assert part.strip().startswith('<div id="trad"')
        assert "Markera som läst" not in part
        with scoped(SYSTEM):
            assert Reading.objects.get().read_by_name == "Samira Samordnare"

    def test_the_sender_sees_who_read_it_and_when(self, shown, coordinator, officer):
        thread = question(shown)
        assert "Inte läst av någon annan än" in text_of(officer.get(thread))
        coordinator.post(f"{thread}last/")
        assert re.search(r"Läst [^.]* kl.\S* ?[^.]*\.\d\d av Samira Samordnare", text_of(officer.get(thread)))

    def test_the_list_is_narrowed_and_leads_to_the_thread(self, shown, coordinator):
        question(shown, "Ett"), question(shown, "Två")
        text = text_of(coordinator.get("/meddelanden/"))
        assert "Elsa Vinter" in text
        assert text.index("Två") < text.index("Ett") or "Ett" in text
        assert "Inga klara trådar" in text_of(coordinator.get("/meddelanden/?urval=klara"))
        for odd in ("?urval=x", "?brevlada=x", "?visa=99999999", "?urval=mina"):
            assert coordinator.get(f"/meddelanden/{odd}").status_code == 200

    def test_two_mailboxes_are_chosen_between(self, shown, log_in):
        other = scene(1)
        with scoped(SYSTEM):
            for one in (shown, other):
                type(one.unit.provider).objects.filter(pk=one.unit.provider_id).update(kind="municipal")
        question(shown, "Här"), question(other, "Där")
        supervisor = log_in(Role.ON_CALL_SUPERVISOR)
        text = text_of(supervisor.get("/meddelanden/"))
        address = re.search(rf'href="(\?[^"]*)"[^>]*> ?{shown.unit.name}', text)[1].replace("&amp;", "&")
        narrowed = text_of(supervisor.get(f"/meddelanden/{address}"))
        assert "Här" in narrowed
        assert "Där" not in narrowed

    def test_a_look_at_a_thread_is_logged_for_its_client(self, shown, coordinator):
        coordinator.get(question(shown))
        with scoped(SYSTEM):
            assert Look.objects.get(page="thread").client_id == shown.client.pk

    def test_a_protected_person_is_code_and_initials_in_list_and_thread(self, shown, coordinator):
        thread = question(shown)
        with scoped(SYSTEM):
            Client.objects.filter(pk=shown.client.pk).update(is_protected=True)
        for path in ("/meddelanden/", thread, f"/brukare/{shown.client.pk}/meddelanden/"):
            text = text_of(coordinator.get(path))
            assert "Vinter" not in text
            assert "Skyddad identitet" in text


class TestWriting:
    def test_an_answer_reaches_the_other_side(self, shown, coordinator, officer):
        thread = question(shown)
        assert "Meddelandet är skickat" in text_of(
            coordinator.post(f"{thread}svara/", {"text": "I skåp A."}, follow=True)
        )
        assert count_in_rail(officer) == ["1"]
        assert "I skåp A." in text_of(officer.get(thread))

    @pytest.mark.parametrize(
        ("text", "told"), [(" ", "Skriv ett meddelande."), ("x" * 8001, "högst 8000 tecken")]
    )
    def test_what_is_refused_stays_typed(self, text, told, shown, coordinator):
        page = text_of(coordinator.post(f"{question(shown)}svara/", {"text": text}))
        assert told in page
        assert text.strip() in page

    def test_markup_in_a_message_is_words(self, shown, coordinator, officer):
        thread = question(shown)
        coordinator.post(f"{thread}svara/", {"text": "<script>alert(1)</script>\nny rad"})
        text = text_of(officer.get(thread))
        assert "&lt;script&gt;" in text
        assert "<script>alert" not in text

    def test_the_thread_closes_when_all_have_said_that_it_is_settled(self, shown, coordinator, officer):
        thread = question(shown)
        assert "klart för er del" in text_of(coordinator.post(f"{thread}klart/", follow=True))
        assert "Ni är överens" in text_of(officer.post(f"{thread}klart/", follow=True))
        assert "redan klar" in text_of(officer.post(f"{thread}klart/", follow=True))
        late = text_of(coordinator.post(f"{thread}svara/", {"text": "En sak till"}))
        assert "redan klar" in late
        assert "En sak till" in late
        assert "Nyckeln" in text_of(coordinator.get("/meddelanden/?urval=klara"))

    def test_a_unit_asks_the_authority_and_the_authority_a_unit_that_serves(
        self, shown, coordinator, officer
    ):
        base = f"/brukare/{shown.client.pk}/meddelanden/"
        asked = {"receiver": "myndigheten", "subject": "Hund", "text": "Finns det hund?"}
        assert "Finns det hund?" in text_of(coordinator.post(f"{base}nytt/", asked, follow=True))
        told = {"receiver": str(shown.unit.pk), "subject": "Katt", "text": "Det finns katt."}
        assert "Det finns katt." in text_of(officer.post(f"{base}nytt/", told, follow=True))
        text = text_of(coordinator.get(base))
        assert "Hund" in text
        assert "Katt" in text

    def test_a_message_goes_to_nobody_without_business_there(self, shown, officer, coordinator):
        stranger = scene(1).unit
        base = f"/brukare/{shown.client.pk}/meddelanden/nytt/"
        for browser in (officer, coordinator):
            refused = {"receiver": str(stranger.pk), "subject": "x", "text": "y"}
            assert "Det här behöver du rätta" in text_of(browser.post(base, refused))
        with scoped(SYSTEM):
            assert not Thread.objects.exists()


class TestOthers:
    def test_another_unit_of_the_same_client_reads_and_writes_nothing(self, shown, log_in):
        thread = question(shown)
        with scoped(SYSTEM):
            other = GrantFactory(client=shown.client, period=OPEN_ENDED).unit
        browser = log_in(Role.UNIT_MANAGER, other)
        assert browser.get(thread).status_code == 404
        for rest in ("last/", "svara/", "klart/"):
            assert browser.post(f"{thread}{rest}", {"text": "x"}).status_code == 404
        assert "Nyckeln" not in text_of(browser.get(f"/brukare/{shown.client.pk}/meddelanden/"))

    def test_the_authority_reads_what_two_providers_settle_and_answers_for_neither(self, shown, officer):
        with scoped(SYSTEM):
            other = GrantFactory(client=shown.client, period=OPEN_ENDED).unit
        thread = question(shown, sender=Side(shown.unit.pk), receivers=(Side(other.pk),))
        text = text_of(officer.get(thread))
        assert "Var är nyckeln?" in text
        assert "Skicka svaret" not in text
        for rest in ("last/", "svara/", "klart/"):
            assert officer.post(f"{thread}{rest}", {"text": "x"}).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_list_and_thread_cost_the_same_for_one_and_thirty(
    count, shown, coordinator, officer, django_assert_num_queries
):
    for number in range(count):
        thread = question(shown, f"Tråd {number}")
    for _ in range(count):
        coordinator.post(f"{thread}svara/", {"text": "Svar"})
    officer.post(f"{thread}last/")
    with django_assert_num_queries(16):
        officer.get("/meddelanden/")
    with django_assert_num_queries(17):
        officer.get(thread)
