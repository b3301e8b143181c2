"""The demo's users: one primary person per role with screens, and further ones of other units."""

from dataclasses import dataclass

from hemmavid.demo.names import CITY
from hemmavid.demo.officers import OFFICERS
from hemmavid.demo.providers import UNITS

ROLE_WORDS = {
    "unit_manager": "enhetschef",
    "coordinator": "samordnare",
    "controller": "controller",
    "case_officer": "biståndshandläggare",
    "first_case_officer": "förste biståndshandläggare",
    "on_call_supervisor": "jourhavande arbetsledare",
    "authority_manager": "myndighetschef",
    "system_administrator": "systemförvaltare",
}

MANAGERS = (
    "Maja Sand",
    "Jonas Älvmo",
    "Samira Haddadi",
    "Petra Ljunglid",
    "Goran Selimac",
    "Helena Askvall",
    "Anton Frostmark",
    "Ubah Samatar",
    "Marko Koskela",
    "Linnea Björkdal",
    "Rikard Hedmo",
    "Jasna Delimar",
)


WITHOUT_BUTTON = frozenset(officer.name for officer in OFFICERS) - {"Bilal Karimi", "Hanna Forsmo"}
"""They own cases and sign decisions; forty buttons of one role would help nobody in."""


@dataclass(frozen=True, slots=True)
class DemoUser:
    """A user of the demo; `is_primary` marks the one of the role's login button (contract.md section 7).

    `has_button` False: a colleague who is seen in the cases, and not on the login page.
    """

    username: str
    name: str
    role: str
    unit: str | None
    label: str
    is_primary: bool
    has_button: bool = True


def demo_people() -> tuple[DemoUser, ...]:
    """Every demo user, the primary of each role first; the same whatever the seed."""
    return (
        _user("Maja Sand", "unit_manager", "U01", is_primary=True),
        _user("Nora Granlid", "coordinator", "U01", is_primary=True),
        _user("Clara Lindfors", "controller", None, is_primary=True),
        _user("Bilal Karimi", "case_officer", None, is_primary=True),
        _user("Agneta Norrmo", "authority_manager", None, is_primary=True),
        _user("Ingela Hagmark", "first_case_officer", None, is_primary=True),
        _user("Fredrik Sundlid", "on_call_supervisor", None, is_primary=True),
        _user("Viktor Hagstam", "system_administrator", None, is_primary=True),
        *(
            _user(name, "unit_manager", unit.code)
            for name, unit in zip(MANAGERS, UNITS, strict=True)
            if unit.code != "U01"
        ),
        _user("Emir Lukavac", "coordinator", "U06"),
        _user("Tove Edlid", "coordinator", "U09"),
        _user("Gunvor Lövhage", "first_case_officer", None),
        _user("Senad Delimar", "on_call_supervisor", None),
        *(
            _user(officer.name, "case_officer", None)
            for officer in OFFICERS
            if officer.name != "Bilal Karimi"
        ),
    )


def username_of(name: str) -> str:
    """The user name of a demo person: the name in small letters of ASCII with a point."""
    return name.lower().replace(" ", ".").translate(str.maketrans("åäöć", "aaoc"))


def _user(name: str, role: str, unit: str | None, *, is_primary: bool = False) -> DemoUser:
    return DemoUser(
        username=username_of(name),
        name=name,
        role=role,
        unit=unit,
        label=f"{name}, {ROLE_WORDS[role]} {_place(name, unit)}",
        is_primary=is_primary,
        has_button=name not in WITHOUT_BUTTON,
    )


def _place(name: str, unit: str | None) -> str:
    if unit is not None:
        return next(candidate.name for candidate in UNITS if candidate.code == unit)
    return next((officer.team for officer in OFFICERS if officer.name == name), f"{CITY} kommun")
