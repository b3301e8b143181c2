"""The one box: finds a client by what a person would type (ux.md section 2.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase

from django.db.models import Case, F, Func, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat, Replace

from hemmavid.access.actors import Actor
from hemmavid.people.models import Client
from hemmavid.people.naming import FIELDS, ClientName, PersonFields, name_of
from hemmavid.people.queries import in_name_order

MIN_SEARCH = 2
MOST_WORDS, LONGEST_SEARCH = 8, 200  # nobody types more, and each word is a condition in the database
_NUMBER_FORM = re.compile(r"(?:[0-9]{2})?[0-9]{6}[-+ ]?[0-9]{4}")
_LETTERS = ascii_uppercase + "ÅÄÖÆØÉÈÊËÜÁÀ" + "åäöæøéèêëüáà"
_FOLDED = ascii_lowercase + "aaoaoeeeeuaa" * 2
_FOLD = str.maketrans(_LETTERS, _FOLDED)


class Folded(Func):
    """Lower case without å, ä, ö and accents, so that a search need not spell them."""

    template = f"translate(%(expressions)s, '{_LETTERS}', '{_FOLDED}')"
    output_field = TextField()


def folded(text: str) -> str:
    """The Python twin of `Folded`."""
    return text.translate(_FOLD)


def is_personal_number(text: str) -> bool:
    """Whether the text is written as a whole personal number, with or without century and hyphen."""
    return _NUMBER_FORM.fullmatch(text.strip()) is not None


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One client the box found, and in Swedish what matched; never the number itself."""

    name: ClientName
    why: str


def find_clients(text: str, *, by: Actor, limit: int, knows_address: Q) -> list[SearchHit]:
    """Clients that fit what was typed, best first; at least two characters. One query.

    A whole personal number, a code, or the beginnings of words of name or address; å, ä, ö and accents may
    be left out. A protected person is found by the code alone: the box cannot tell whose name lies behind.
    Only clients who fulfil `knows_address` are found by where they live: an old provider may not look it up.
    """
    text = text.replace("\0", "")[:LONGEST_SEARCH]
    words = folded(text).split()[:MOST_WORDS]
    if len("".join(words)) < MIN_SEARCH:
        return []
    clients = Client.objects.visible_to(by)
    if is_personal_number(text):
        digits = re.sub(r"[^0-9]", "", text)
        bare = Replace("personal_number", Value("-"), Value(""))
        found = clients.alias(bare=bare).filter(bare__endswith=digits, is_protected=False)
        persons = in_name_order(found).values_list(*FIELDS)[:limit]
        return [SearchHit(name_of(PersonFields(*row)), "personnumret stämmer") for row in persons]
    return _find_by_words(clients, words, limit, knows_address)


def _find_by_words(
    clients: QuerySet[Client], words: list[str], limit: int, knows_address: Q
) -> list[SearchHit]:
    code = folded("".join(words))
    in_name, anywhere = Q(is_protected=False), Q(is_protected=False) & knows_address
    for word in words:
        in_name &= Q(names__contains=f" {word}")
        anywhere &= Q(names__contains=f" {word}") | Q(places__contains=f" {word}")
    named = clients.alias(
        names=_line("given_name", "family_name"),
        places=_line("street", "postcode", "city"),
        folded_code=Folded(F("code")),
    )
    rank = Case(
        When(folded_code=code, then=Value(0)),
        When(in_name, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    found = named.annotate(rank=rank).filter(Q(folded_code=code) | in_name | anywhere)
    rows = in_name_order(found, after=("rank",)).values_list(*FIELDS, "rank", "street", "postcode", "city")[
        :limit
    ]
    return [SearchHit(name_of(PersonFields(*row[:5])), _why(row[5], row[1], row[6:])) for row in rows]


def _why(rank: int, code: str, address: Iterable[str]) -> str:
    if rank == 0:
        return f"kod {code}"
    if rank == 1:
        return "namnet stämmer"
    return f"adress {' '.join(part for part in address if part)}"


def _line(*fields: str) -> Folded:
    parts = [part for field in fields for part in (Value(" "), F(field))]
    return Folded(Concat(*parts, output_field=TextField()))
