"""Nobody reads a word about another provider's client, whatever is asked, however, and by whom."""

import re
from dataclasses import dataclass
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
import time_machine
from django.contrib.messages.storage.session import SessionStorage
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client as Browser

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import OF_A_UNIT, Role
from hemmavid.access.scope import scoped
from hemmavid.audit.models import Action, Look
from hemmavid.interfaces import office
from hemmavid.lib import swedish
from hemmavid.lib.money import Money
from hemmavid.lib.periods import Month
from hemmavid.settlement.queries import settlement_proposal
from tests.factories import RoleAssignmentFactory, UserFactory
from tests.interfaces.office.conftest import browser_of
from tests.interfaces.office.leaks.answers import bare, comparable, words_of
from tests.interfaces.office.leaks.asking import (
    NOBODY,
    NOWHERE,
    PARTIAL,
    Ask,
    addresses,
    asks,
    parameters_read,
    values,
)
from tests.interfaces.office.leaks.town import NOW, YEAR, Town, build

pytestmark = pytest.mark.django_db
MONEY = re.compile(r"[0-9]+,[0-9]{2}kr|487,31|510,48|477,88|501,05")
OPENS_AN_IDENTITY = ("office:client-open", "office:card-open", "office:card-edit")
ENDS_THE_SESSION = re.compile(r"^office:(login|demo-login)$")


@dataclass(frozen=True)
class Reader:
    """Somebody at a screen: the roles held, and at which units of the town."""

    held: tuple[tuple[Role, str], ...]

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(unit for _, unit in self.held if unit)

    def __str__(self) -> str:
        return "+".join(f"{role.value}@{unit}" for role, unit in self.held)


def reader(*held: tuple[Role, str]) -> Reader:
    return Reader(held)


MANAGER, COORDINATOR, CARE_WORKER = Role.UNIT_MANAGER, Role.COORDINATOR, Role.CARE_WORKER
OF_UNITS = (
    reader((MANAGER, "A1")),
    reader((COORDINATOR, "A1")),
    reader((MANAGER, "A2")),
    reader((COORDINATOR, "A2")),
    reader((MANAGER, "O1")),
    reader((COORDINATOR, "O1")),
    reader((COORDINATOR, "A1"), (MANAGER, "A2")),
    reader((CARE_WORKER, "A1")),
)
ASKED_MOST = (*OF_UNITS[:2], OF_UNITS[4])
MOST, FEWER = 0.35, 0.1
WITHOUT_KRONOR = frozenset({COORDINATOR, CARE_WORKER, Role.CASE_OFFICER})
OF_THE_MUNICIPALITY = tuple(
    reader((role, ""))
    for role in (Role.CASE_OFFICER, Role.CONTROLLER, Role.AUTHORITY_MANAGER, Role.SYSTEM_ADMINISTRATOR)
)


@pytest.fixture
def town():
    with time_machine.travel(NOW, tick=False):
        with scoped(SYSTEM):
            built = build()
        others = [user_of(built, reader((MANAGER, unit)), f"Chef{unit}xq") for unit in ("B1", "O1", "A2")]
        built.users = [user.pk for user in others]
        built.assignments = [user.assignments.get().pk for user in others]
        for user, unit in zip(others, ("B1", "O1", "A2"), strict=True):
            look_around(browser_of(user), built, unit)
            built.told[unit] |= {user.name, str(user.pk)}
        yield built


def user_of(town: Town, who: Reader, name: str):
    user = UserFactory(name=name)
    for role, unit in who.held:
        at = town.units[unit] if role in OF_A_UNIT else None
        RoleAssignmentFactory(user=user, role=role.value, unit=at, period=DateRange(YEAR.lower, None))
    return user


def look_around(browser: Browser, town: Town, unit: str) -> None:
    """The others have looked at their own clients, so that the log has something to give away."""
    for person in town.people.values():
        if unit in person.units:
            assert browser.get(f"/brukare/{person.client.pk}/").status_code == 200


def everything_asked(town: Town, seed: object, *, share: float) -> list[Ask]:
    """A share of all requests, the same for a seed; a large one holds every address with every thing."""
    chance = Random(str(seed))
    our_own = [address for address in addresses() if address.name.startswith("office:")]
    found = [ask for address in our_own for ask in asks(address, town, chance)]
    plain = [ask for ask in found if (ask.method, ask.query, ask.headers) == ("get", {}, {})]
    if share < MOST:
        return chance.sample(found, int(share * len(found)))
    others = [ask for ask in found if ask not in plain]
    return plain + chance.sample(others, int(share * len(others)))


def leaks(who: Reader, town: Town, hidden: set[str]) -> list[str]:
    """Each word of `hidden` in any answer to this reader, with the request that drew it out."""
    user = user_of(town, who, "Läsarenxq")
    browser, found = browser_of(user), []
    sees_money = any(role not in WITHOUT_KRONOR for role, _ in who.held)
    for ask in everything_asked(town, who, share=MOST if who in ASKED_MOST else FEWER):
        response = ask.by(browser_of(user) if ENDS_THE_SESSION.match(ask.page) else browser)
        assert response.status_code < 500, ask
        if is_opened(ask, response):
            continue
        words, known = words_of(response), bare(ask.words)
        shown = {word for word in hidden if word in words and word not in known}
        shown |= set() if sees_money else set(MONEY.findall(words))
        found += [f"{ask}: {sorted(shown)}"] if shown else []
    return found


def is_opened(ask: Ask, response) -> bool:
    """The answers that may hold a protected name: the POST by which it was opened."""
    return ask.page in OPENS_AN_IDENTITY and ask.method == "post" and response.status_code == 200


@pytest.mark.parametrize("who", OF_UNITS, ids=str)
def test_no_answer_holds_a_word_of_another_providers_clients(who, town):
    hidden = town.hidden_from(*who.units) | money_hidden_from(who, town)
    if who.held[0][0] is CARE_WORKER:  # who knows the unit, and in the office nobody
        hidden |= {bare(word) for person in town.people.values() for word in person.identity | person.keys}
    assert leaks(who, town, hidden) == []
    assert not looks_at_strangers(who, town)


def money_hidden_from(who: Reader, town: Town) -> set[str]:
    """Every amount of units whose kronor the reader may not see, and every sum with such an amount in it."""
    paid = {town.units[unit].pk for role, unit in who.held if role is MANAGER}
    with scoped(SYSTEM):
        proposal = settlement_proposal(month=Month(2022, 11), by=SYSTEM)
        lines = [line for provider in proposal.providers for line in provider.lines]
    own = [line.amount for line in lines if line.unit.unit_id in paid]
    amounts = {line.amount for line in lines} | {one.total for one in proposal.providers} | {proposal.total}
    hidden = amounts - {*own, Money.total(own)}
    return {bare(swedish.number(money.kronor)) for money in hidden if money.ore > 100_00}


def looks_at_strangers(who: Reader, town: Town) -> list[Look]:
    strangers = [one.client.pk for one in town.people.values() if not one.units & set(who.units)]
    with scoped(SYSTEM):
        return list(Look.objects.filter(actor_name="Läsarenxq", client_id__in=strangers).order_by("number"))


@pytest.mark.parametrize("who", OF_THE_MUNICIPALITY, ids=str)
def test_no_answer_holds_a_protected_persons_name_or_home(who, town):
    protected = [person for person in town.people.values() if person.client.is_protected]
    hidden = {bare(word) for person in protected for word in person.identity | person.dwelling}
    if who.held[0][0] is Role.SYSTEM_ADMINISTRATOR:
        hidden |= {bare(word) for person in town.people.values() for word in person.identity | person.keys}
    assert leaks(who, town, hidden) == []


def test_nobody_without_a_login_reads_anything(town):
    hidden = town.hidden_from()
    login_library = [address for address in addresses() if not address.name.startswith("office:")]
    assert len(login_library) > 20
    asked = [ask for address in login_library for ask in asks(address, town, Random(1))]
    for ask in [*asked, *everything_asked(town, "nobody", share=FEWER)]:
        response = ask.by(Browser())
        assert response.status_code < 500, ask
        words, known = words_of(response), bare(ask.words)
        assert not {word for word in hidden if word in words and word not in known}, ask


@pytest.mark.parametrize("role", [MANAGER, COORDINATOR])
def test_what_is_anothers_looks_exactly_like_what_is_not(role, town):
    """Neither status, body nor headers tell whether the id, code or name exists at another provider."""
    browser = browser_of(user_of(town, reader((role, "A1")), "Läsarenxq"))
    strange = town.people["baraB1"].client
    for address in addresses():
        if not address.name.startswith("office:") or ENDS_THE_SESSION.match(address.name):
            continue
        for ask in asks(address, town, Random(1)):
            if str(strange.pk) in ask.words:
                assert_alike(browser, ask, str(strange.pk), str(NOWHERE))
            elif str(town.users[0]) in ask.words:
                assert_alike(browser, ask, str(town.users[0]), str(NOBODY))
            elif ask.query.get("enhet") == town.units["B1"].code:
                assert_alike(browser, ask, town.units["B1"].code, "EX9xq")


def assert_alike(browser: Browser, ask: Ask, theirs: str, nothing: str) -> None:
    other = Ask(
        ask.page,
        ask.path.replace(theirs, nothing),
        ask.method,
        {name: value.replace(theirs, nothing) for name, value in ask.query.items()},
        ask.headers,
    )
    if "pdf" in ask.query.values() or "xlsx" in ask.query.values():
        return
    answers = []
    for one, name in ((ask, theirs), (other, nothing)):
        forget_what_was_said(browser)
        answers.append(comparable(one.by(browser), name))
    assert answers[0] == answers[1], ask


def forget_what_was_said(browser: Browser) -> None:
    """What an earlier press left to be told on the next page belongs to neither answer."""
    session = browser.session
    if session.pop(SessionStorage.session_key, None):
        session.save()


@pytest.mark.parametrize("role", [MANAGER, COORDINATOR])
def test_a_search_for_a_stranger_looks_exactly_like_a_search_for_nobody(role, town):
    browser = browser_of(user_of(town, reader((role, "A1")), "Läsarenxq"))
    strange = town.people["baraB1"].client
    for word in (strange.given_name, strange.personal_number, strange.code, strange.street):
        nobody = f"q{word[1:]}" if word[0].isalpha() else word.replace("1940", "1930")
        answers = [
            comparable(Ask("", "/sok/", "post", {"q": typed}, headers).by(browser), typed)
            for headers in ({}, {"HX-Request": "true"})
            for typed in (word, nobody)
        ]
        assert answers[0] == answers[1]
        assert answers[2] == answers[3]


def test_an_old_provider_learns_nothing_of_what_came_after(town):
    """Neither by looking up a street, nor by a list, nor by an absence that went on."""
    moved = town.people["flyttad"].client
    browser = browser_of(user_of(town, reader((COORDINATOR, "O1")), "Läsarenxq"))
    asked = [
        Ask("", "/sok/", "post", {"q": moved.street}, PARTIAL),
        Ask("", "/sok/", "post", {"q": moved.family_name}, PARTIAL),
        Ask("", "/brukare/", query={"status": "avslutade"}),
        Ask("", f"/brukare/{moved.pk}/"),
    ]
    answers = [words_of(ask.by(browser)) for ask in asked]
    assert str(moved.pk) not in answers[0]
    assert all(str(moved.pk) in answer for answer in answers[1:])
    afterwards = {bare(word) for word in town.afterwards["O1"]} | {bare(moved.city)}
    assert not [word for answer in answers for word in afterwards if word in answer]


def test_what_is_remembered_for_one_reader_is_not_told_to_another(town):
    """Some pages keep their sums in the process; those with a wider reach come first here."""
    addresses_that_remember = (
        "/",
        "/ersattning/",
        "/ersattning/?manad=2022-11",
        "/ersattning/2022-11/",
        "/brukare/?urval=utan-besok",
    )
    wider = (OF_THE_MUNICIPALITY[1], OF_THE_MUNICIPALITY[2], reader((MANAGER, "B1")), reader((MANAGER, "A2")))
    for number, who in enumerate((*wider, *OF_UNITS)):
        browser = browser_of(user_of(town, who, f"Läsare{number}xq"))
        hidden = set() if who in wider else town.hidden_from(*who.units) | money_hidden_from(who, town)
        for path in addresses_that_remember:
            words = words_of(browser.get(path))
            assert not {word for word in hidden if word in words}, (who, path)


def test_an_opened_identity_is_in_that_answer_alone_and_in_no_title(town):
    person = town.people["skyddA1"]
    browser = browser_of(user_of(town, reader((COORDINATOR, "A1")), "Läsarenxq"))
    opened = browser.post(f"/brukare/{person.client.pk}/oppna/")
    assert person.client.family_name in opened.content.decode()
    title = re.search("<title>.*?</title>", opened.content.decode(), re.DOTALL)
    assert title is not None
    assert person.client.family_name not in title[0]
    assert "no-store" in opened.headers["Cache-Control"]
    for key in ("skyddB1", "gömd", "skyddA2"):
        assert browser.post(f"/brukare/{town.people[key].client.pk}/oppna/").status_code == 404
    with scoped(SYSTEM):
        assert Look.objects.filter(action=Action.OPEN_PROTECTED).count() == 1


def test_every_parameter_that_a_page_reads_is_asked_for(town):
    folders = [path for path in Path(office.__path__[0]).iterdir() if path.is_dir()]
    read = {name for folder in folders for name in parameters_read(folder)}
    assert read <= values(town).keys()
    assert {"enhet", "utforare", "brukare", "manad", "status", "visa", "q", "format", "urval"} <= read


def test_the_words_are_found_where_they_may_be_read(town):
    """Else the tests above would be blind: a paper, a book, a list and a page do show one's own client."""
    own = town.people["baraA1"].client
    browser = browser_of(user_of(town, reader((MANAGER, "A1")), "Läsarenxq"))
    query = {"manad": "2022-11", "tabell": "brukare"}
    for kind in ("csv", "xlsx", "pdf"):
        file = Ask("", "/rapporter/timunderlag/", query={**query, "format": kind}).by(browser)
        assert bare(own.family_name) in words_of(file)
    for path in ("/brukare/", f"/brukare/{own.pk}/", "/ersattning/2022-11/"):
        assert bare(own.family_name) in words_of(browser.get(path))
    assert UUID(str(own.pk)) == own.pk
