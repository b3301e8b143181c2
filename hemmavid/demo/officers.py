"""The forty case officers of the demo in five teams, and whose a client is."""

from dataclasses import dataclass

TEAMS: dict[str, tuple[str, ...]] = {
    "Team Norr": ("U01", "U06", "U08"),
    "Team Söder": ("U02", "U07"),
    "Team Öster": ("U03", "U09", "U10"),
    "Team Väster": ("U04", "U11", "U12"),
    "Team Mottagning": (),
}
"""Each team with the units whose clients it looks after; the last one receives new applications."""

RECEPTION = "Team Mottagning"
NAMES: dict[str, tuple[str, ...]] = {
    "Team Norr": (
        "Bilal Karimi", "Hanna Forsmo", "Edvin Lundhage", "Sahra Warfa",
        "Tilde Asklid", "Kaisa Vuorela", "Dag Rönnström", "Amra Lukavac",
    ),
    "Team Söder": (
        "Petronella Hedvall", "Jonatan Sandmark", "Nadia Rahmani", "Ulrik Björkgren",
        "Moa Linddal", "Veikko Suomela", "Ester Granhage", "Zlata Mehinov",
    ),
    "Team Öster": (
        "Malte Frostlid", "Ifrah Jamaale", "Greta Tallström", "Haris Begovac",
        "Annika Ljunghage", "Omar Darwisha", "Sofia Ekstam", "Kristoffer Almvall",
    ),
    "Team Väster": (
        "Rima Najjari", "Pontus Lövgren", "Irja Kallioniemi", "Frida Norrvik",
        "Yonis Abshirow", "Matilda Hagsund", "Edin Osmanlic", "Elvira Åsberg",
    ),
    "Team Mottagning": (
        "Louise Rönnlid", "Tariq Mansouri", "Signe Älvdal", "Aino Rantala",
        "Casper Västermo", "Deqa Faraxow", "Julia Askgren", "Mirela Zukanov",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Officer:
    """A case officer and the team."""

    name: str
    team: str


OFFICERS = tuple(Officer(name, team) for team, names in NAMES.items() for name in names)
_TEAM_OF_UNIT = {unit: team for team, units in TEAMS.items() for unit in units}


def owner_name(unit: str, number: int) -> str:
    """The officer of a client of the unit: the team's own by turn. Clients without a unit are new ones."""
    names = NAMES[_TEAM_OF_UNIT.get(unit, RECEPTION)]
    return names[number % len(names)]
