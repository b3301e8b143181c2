"""Every way to ask the office for something: each address, each parameter its pages read, each call."""

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from random import Random
from urllib.parse import urlencode
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from hemmavid.lib.periods import Month
from tests.interfaces.office.leaks.town import Town

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
NOWHERE = UUID(int=0xABCDEF)
NOBODY = UUID(int=0xFEDCBA)
_READ = re.compile(
    r'(?:GET|POST|query)\)?\.get\(\s*"(\w+)"|"(\w+)" in request\.|^    (\w+) = forms\.\w+Field', re.MULTILINE
)
PAIRS_A_PAGE = 8
FEW = 3  # of each kind of row of a case: an address may name two kinds
OF_CASES = (
    "case_id", "application_id", "case_consent_id", "confirmation_id", "decision_id", "waiting_id",
)  # fmt: skip
OF_ORDERS = (
    *("anchor", "avsluta", "forklara", "handover_at", "interventions", "is_written", "kind", "klart"),
    *("needs_contact", "not_chosen", "other_order", "phone", "reason", "revision", "skicka", "spoke_with"),
    *("svar", "text", "to_kind", "told_at", "why"),
)


@dataclass(frozen=True)
class Ask:
    """One request. `page` is the name of its address."""

    page: str
    path: str
    method: str = "get"
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """What the asker knew already: an answer may repeat it."""
        return f"{self.path} {' '.join(self.query.values())}"

    def by(self, browser):
        if self.method == "post":
            return browser.post(self.path, self.query, headers=self.headers)
        address = f"{self.path}?{urlencode(self.query)}" if self.query else self.path
        return getattr(browser, self.method)(address, headers=self.headers)


@dataclass(frozen=True)
class Address:
    """A named pattern: what it is made of, and what the code behind it reads from the request."""

    name: str
    arguments: tuple[str, ...]
    parameters: frozenset[str]


def addresses() -> Iterator[Address]:
    """Every named address there is, ours and the login library's; walks the resolver."""
    yield from _below(get_resolver(), "", ())


def _below(resolver: URLResolver, namespace: str, above: tuple[str, ...]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        named = (*above, *(pattern.pattern.converters or pattern.pattern.regex.groupindex))
        if isinstance(pattern, URLPattern):
            yield Address(f"{namespace}{pattern.name}", named, _parameters_of(pattern.callback))
        else:
            own = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _below(pattern, own, named)


def _parameters_of(view) -> frozenset[str]:
    """What the sources beside the view read from the address or the form."""
    plain = inspect.unwrap(getattr(view, "view_class", view))
    if not plain.__module__.startswith("hemmavid."):
        return frozenset({"next"})
    return parameters_read(Path(inspect.getfile(plain)).parent)


def parameters_read(folder: Path) -> frozenset[str]:
    """Names read from requests in a folder of sources; `format` where files are made."""
    found: set[str] = set()
    for source in folder.glob("*.py"):
        text = source.read_text()
        found |= {next(filter(None, names)) for names in _READ.findall(text)}
        found |= {"format"} if "wants_file(" in text else set()
    return frozenset(found)


def arguments(town: Town) -> dict[str, list[object]]:
    """For every kind of thing an address may name: those of A, of B, shared ones, and one that is not."""
    clients = [person.client.pk for person in town.people.values()]
    return {
        "client_id": [*clients, NOWHERE],
        "month": [Month(2022, 10), Month(2022, 11), Month(2022, 12)],
        "user_id": [*town.users, NOWHERE],
        "assignment_id": [*town.assignments, NOWHERE],
        **{kind: [*keys, NOWHERE] for kind, keys in town.order_things.items()},
        **{kind: [*town.things[kind][:FEW], NOWHERE] for kind in OF_CASES},
        "area": ["personal_care", "nonsens"],
        "consent_id": [NOWHERE],
        "number": [1],
        "version_id": [*town.things["version_id"], NOWHERE],
        "thread_id": [*town.things["thread_id"], NOWHERE],
        "entry_id": [*town.things["entry_id"][:8], NOWHERE],
        "contact_id": [*town.things["contact_id"], NOWHERE],
        "error_id": [NOWHERE],
        "pk": [1],
        "key": ["x"],
        "provider_id": ["kommunen"],
    }


def values(town: Town) -> dict[str, list[str]]:
    """For every parameter a page reads: what somebody curious would write there."""
    units = [unit.code for unit in town.units.values()]
    people = list(town.people.values())
    return {
        "enhet": units,
        "utforare": sorted({unit.provider.code for unit in town.units.values()}),
        "brukare": [str(person.client.pk) for person in people] + [str(NOWHERE)],
        "person": [str(user) for user in town.users],
        "manad": ["2022-10", "2022-11", "2022-12"],
        "besok": ["2022-11", "2022-12", "2022-v45", "2022-v47"],
        "status": ["aktuella", "avslutade", "alla"],
        "urval": ["att-godkanna", "fel-insats", "utan-besok", "franvarande", "ej-verkstalld", "ta-upp"],
        "insats": ["ramtid", "morgonhjalp", "ledsagning"],
        "visa": ["1000"],
        "tabell": ["brukare", "enheter", "arenden"],
        "description": ["Karin klarar inte längre att resa sig ur stolen själv."],
        "dag": ["2022-12-05"],
        "mening": ["1-1", "2-1"],
        "decision": [str(one) for one in town.things["decision_id"]],
        "format": ["csv", "xlsx", "pdf"],
        "lage": ["att-ta-emot", "pagaende", "avslutade", "alla", "utkast"],
        "mina": ["ja"],
        "sena": ["ja"],
        "fran": ["1"],
        "till": ["2"],
        "nummer": ["2"],
        "number": ["2"],
        "agare": ["mina", "kollegor", "ofordelade"],
        "gor": ["rakna", "spara", "besluta", "klar"],
        "andring": ["change_level", "new_goal"],
        "rad": ["1"],
        "expected": ["2"],
        "kort": ["1"],
        "reason": ["call"],
        "needs": ["toalettbesok"],
        "count": ["1"],
        "why": ["hej"],
        "until": ["2022-12-06T12:00"],
        "for": ["staff"],
        "typ": ["note"],
        "ord": ["journal", "utredning"],
        "brevlada": [str(NOWHERE)],
        "text": ["hej"],
        "receiver": ["myndigheten"],
        "subject": ["unit"],
        "outcome": ["corrected"],
        "kind": ["note"],
        "journal": ["myndigheten"],
        "happened_at": ["2022-12-01T09:00"],
        "phone": ["000-12 34 56"],
        "audience": ["staff"],
        "hours": ["unit_2024"],
        "note": [""],
        "deputy": [str(one) for one in town.things["contact_id"]],
        "q": [word for person in people for word in _words(person)] + ["gi", "stigen", "2022"],
        "lista": ["1"],
        **{name: ["1"] for name in OF_ORDERS},
        "user": ["demo"],
        "next": ["/"],
        **{name: ["110"] for name in ("percent", "alone", "version", "table")},
        **{name: ["2022-01-01"] for name in ("name", "username", "role", "unit", "first_day", "last_day")},
    }


def _words(person) -> list[str]:
    about = person.client
    return [about.family_name, about.personal_number, about.street]


def asks(address: Address, town: Town, chance: Random) -> Iterator[Ask]:
    """The address with every choice of things it names, then with each parameter, and pairs of them."""
    known, answers = arguments(town), values(town)
    paths = [_path(address.name, one) for one in _choices(address.arguments, known)]
    yield from (Ask(address.name, path) for path in paths)
    for method in ("head", "post"):
        yield from (Ask(address.name, path, method) for path in chance.sample(paths, min(4, len(paths))))
    wanted = [
        {name: value} for name in sorted(address.parameters) for value in answers[name]
    ]  # KeyError: teach `values` the new parameter
    pairs = [first | second for first, second in combinations(wanted, 2) if not first.keys() & second.keys()]
    chosen = [*wanted, *chance.sample(pairs, min(PAIRS_A_PAGE, len(pairs)))]
    for query in chosen:
        if "q" in query:
            yield Ask(address.name, paths[0], "post", query, PARTIAL)
            yield Ask(address.name, paths[0], "post", {**query, "lista": "1"})
        else:
            yield Ask(address.name, chance.choice(paths), query=query)
    for path in chance.sample(paths, min(4, len(paths))):
        query = chance.choice(chosen) if chosen else {}
        yield Ask(address.name, path, query=query, headers=PARTIAL)
        yield Ask(address.name, path, query=query, headers={**PARTIAL, "HX-Target": "section#besok"})


def _choices(names: tuple[str, ...], known: dict[str, list[object]]) -> Iterator[dict[str, object]]:
    if not names:
        yield {}
        return
    for value in known[names[0]]:  # KeyError: teach `arguments` the new kind of thing
        for rest in _choices(names[1:], known):
            yield {names[0]: value, **rest}


def _path(name: str, arguments: dict[str, object]) -> str:
    return reverse(name, kwargs=arguments)
