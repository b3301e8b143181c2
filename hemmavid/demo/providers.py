"""The municipality, its providers, units and dated prices. Every name is invented."""

from dataclasses import dataclass
from datetime import date

from hemmavid.demo.check_digits import bankgiro, company_number, municipality_number
from hemmavid.demo.names import CITY


@dataclass(frozen=True, slots=True)
class DemoMunicipality:
    name: str
    organisation_number: str
    code: str


@dataclass(frozen=True, slots=True)
class DemoProvider:
    code: str
    name: str
    kind: str
    organisation_number: str
    bankgiro: str
    has_full_time_right: bool = True
    has_coherent_hours_right: bool = True


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """A unit with its share of clients and staff; the night unit is nobody's home unit."""

    code: str
    provider: str
    name: str
    client_share: float
    staff_share: float


@dataclass(frozen=True, slots=True)
class DemoPrice:
    """SEK per hour in öre, one kind of provider, from one day on."""

    valid_from: date
    kind: str
    base_ore: int
    rural_supplement_ore: int
    deduction_ore: int


MUNICIPALITY = DemoMunicipality(f"{CITY} kommun", municipality_number(), "9999")

PROVIDERS = (
    DemoProvider("P1", f"{CITY} kommuns hemtjänst", "municipal", municipality_number(), bankgiro(1)),
    DemoProvider("P2", "Tranmyrens Hemvård AB", "private", company_number(2), bankgiro(2)),
    DemoProvider("P3", "Tussilagostigens Hemtjänst AB", "private", company_number(3), bankgiro(3)),
    DemoProvider(
        "P4",
        "Gryningsmons Omsorg AB",
        "private",
        company_number(4),
        bankgiro(4),
        has_coherent_hours_right=False,
    ),
    DemoProvider("P5", "Lyktbärarnas Hemstöd AB", "private", company_number(5), bankgiro(5)),
    DemoProvider("P6", "Stenrösets Vardagshjälp AB", "private", company_number(6), bankgiro(6)),
    DemoProvider("P7", "Ormbunksdalens Hemvård AB", "private", company_number(7), bankgiro(7)),
)

NIGHT_UNIT = "U05"
UNITS = (
    DemoUnit("U01", "P1", "Hemtjänst Norr", 0.15, 0.145),
    DemoUnit("U02", "P1", "Hemtjänst Söder", 0.14, 0.135),
    DemoUnit("U03", "P1", "Hemtjänst Öster", 0.13, 0.125),
    DemoUnit("U04", "P1", "Hemtjänst Väster", 0.13, 0.125),
    DemoUnit(NIGHT_UNIT, "P1", "Nattpatrullen", 0.0, 0.04),
    DemoUnit("U06", "P2", "Tranmyren Centrum", 0.08, 0.075),
    DemoUnit("U07", "P2", "Tranmyren Land", 0.06, 0.06),
    DemoUnit("U08", "P3", "Tussilagostigen", 0.08, 0.075),
    DemoUnit("U09", "P4", "Gryningsmon", 0.07, 0.065),
    DemoUnit("U10", "P5", "Lyktbärarna", 0.06, 0.06),
    DemoUnit("U11", "P6", "Stenröset", 0.05, 0.05),
    DemoUnit("U12", "P7", "Ormbunksdalen", 0.05, 0.045),
)
HOME_UNITS = tuple(unit for unit in UNITS if unit.client_share)

# 480, 21 and 9 (private), 453 and 21 (municipal) are the published amounts of one municipality for 2023 and
# 2024 (sweden.md 1.1), taken to hold from October 2022. The amounts of 2018 and of 2025 on are invented.
PRICE_STEPS = (
    (date(2018, 1, 1), (41800, 1800, 800), (39500, 1800, 0)),
    (date(2022, 10, 1), (48000, 2100, 900), (45300, 2100, 0)),
    (date(2023, 1, 1), (48000, 2100, 900), (45300, 2100, 0)),
    (date(2024, 1, 1), (48000, 2100, 900), (45300, 2100, 0)),
    (date(2025, 1, 1), (49200, 2200, 900), (46400, 2200, 0)),
    (date(2026, 1, 1), (50500, 2200, 1000), (47600, 2200, 0)),
)


def home_unit(point: float) -> str:
    """The unit at `point` of [0, 1) of the clients."""
    reached = 0.0
    for unit in HOME_UNITS:
        reached += unit.client_share
        if point < reached:
            return unit.code
    return HOME_UNITS[-1].code


def prices(until: date) -> list[DemoPrice]:
    """Every price decided by `until`; after the table each New Year adds 2.5 % to the base, invented."""
    steps = [step for step in PRICE_STEPS if step[0] <= until]
    steps = steps or [PRICE_STEPS[0]]
    for year in range(PRICE_STEPS[-1][0].year + 1, until.year + 1):
        _, private, municipal = steps[-1]
        steps.append((date(year, 1, 1), _raised(private), _raised(municipal)))
    return [
        DemoPrice(valid_from, kind, *amounts)
        for valid_from, private, municipal in steps
        for kind, amounts in (("municipal", municipal), ("private", private))
    ]


def _raised(amounts: tuple[int, int, int]) -> tuple[int, int, int]:
    base, rural, deduction = amounts
    return (base * 1025 + 50_000) // 100_000 * 100, rural, deduction
