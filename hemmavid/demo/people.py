"""The demo's users: one primary person per role with screens, and further ones of other units."""

from dataclasses import dataclass

from hemmavid.demo.names import CITY
from hemmavid.demo.providers import UNITS

ROLE_WORDS = {
    "unit_manager": "enhetschef",
    "coordinator": "samordnare",
    "controller": "controller",
    "case_officer": "biståndshandläggare",
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


@dataclass(frozen=True, slots=True)
class DemoUser:
    """A user of the demo; `is_primary` marks the one of the role's login button (contract.md section 7)."""

    username: str
    name: str
    role: str
    unit: str | None
    label: str
    is_primary: bool


def demo_people() -> tuple[DemoUser, ...]:
    """Every demo user, the primary of each role first; the same whatever the seed."""
    return (
        _user("Maja Sand", "unit_manager", "U01", is_primary=True),
        _user("Nora Granlid", "coordinator", "U01", is_primary=True),
        _user("Clara Lindfors", "controller", None, is_primary=True),
        _user("Bilal Karimi", "case_officer", None, is_primary=True),
        _user("Agneta Norrmo", "authority_manager", None, is_primary=True),
        _user("Viktor Hagstam", "system_administrator", None, is_primary=True),
        *(
            _user(name, "unit_manager", unit.code)
            for name, unit in zip(MANAGERS, UNITS, strict=True)
            if unit.code != "U01"
        ),
        _user("Emir Lukavac", "coordinator", "U06"),
        _user("Tove Edlid", "coordinator", "U09"),
        _user("Hanna Forsmo", "case_officer", None),
    )


def _user(name: str, role: str, unit: str | None, *, is_primary: bool = False) -> DemoUser:
    place = next((candidate.name for candidate in UNITS if candidate.code == unit), f"{CITY} kommun")
    username = name.lower().replace(" ", ".").translate(str.maketrans("åäöć", "aaoc"))
    return DemoUser(username, name, role, unit, f"{name}, {ROLE_WORDS[role]} {place}", is_primary)
