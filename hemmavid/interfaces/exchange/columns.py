"""The import folder: its files and columns, parents first (contract.md section 3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from hemmavid.interfaces.exchange.cells import (
    CheckedNumber,
    Choice,
    Code,
    Day,
    Instant,
    Kind,
    Kronor,
    LastDay,
    Listed,
    Minutes,
    Text,
    WrongCell,
    YesNo,
)
from hemmavid.lib.identity_numbers import bankgiro, organisation_number, personal_number
from hemmavid.rules.interventions import INTERVENTIONS

VERSION_FILE = "version.txt"
VERSION = "1"

CODE, DAY, LAST_DAY, INSTANT, YES_NO = Code(), Day(), LastDay(), Instant(), YesNo()
MINUTES, KRONOR, NAME = Minutes(), Kronor(), Text()
PERSONAL = Text(is_personal=True)
PROVIDER_KIND = Choice(("municipal", "private"))
METHOD = Choice(("tag", "lock", "qr", "manual"))
STATUS = Choice(("performed", "cancelled", "not_performed"))
INTERVENTION = Listed(frozenset(INTERVENTIONS))


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `refers_to` names the file whose key the code must be."""

    name: str
    kind: Kind
    is_required: bool = True
    refers_to: str = ""

    def read(self, cell: str) -> str:
        """The text to stage for one cell. Raises WrongCell."""
        if cell:
            return self.kind.read(cell)
        if self.is_required:
            raise WrongCell("saknas; fyll i det")
        return self.kind.empty

    def read_all(self, cells: Sequence[str]) -> Iterable[str]:
        """The texts to stage for a column of cells. Raises WrongCell for any one of them."""
        if self.is_required and "" in cells:
            raise WrongCell("saknas; fyll i det")
        return self.kind.read_all(cells)


def optional(name: str, kind: Kind, refers_to: str = "") -> Column:
    """A column whose cells may be empty."""
    return Column(name, kind, is_required=False, refers_to=refers_to)


@dataclass(frozen=True)
class File:
    """One file of the folder. `key` are the columns that name a row; `noun` its subject in Swedish."""

    name: str
    noun: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    is_required: bool = False

    @property
    def path(self) -> str:
        """The file's name in the folder."""
        return f"{self.name}.csv"

    @property
    def table(self) -> str:
        """Its staging table."""
        return f"staged_{self.name}"

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)

    @property
    def holds_names(self) -> bool:
        """Whether persons' names stand in it, so that a row out of step may show one in any column."""
        return any(column.kind.is_personal for column in self.columns)


FILES = (
    File(
        "providers", "utföraren", ("provider",),
        (
            Column("provider", CODE),
            Column("name", NAME),
            Column("kind", PROVIDER_KIND),
            optional("org_number", CheckedNumber(organisation_number, "NNNNNN-NNNN")),
            optional("bankgiro", CheckedNumber(bankgiro, "NNN-NNNN eller NNNN-NNNN")),
            Column("full_time_right", YES_NO),
            Column("coherent_hours_right", YES_NO),
        ),
        is_required=True,
    ),
    File(
        "units", "enheten", ("unit",),
        (Column("unit", CODE), Column("provider", CODE, refers_to="providers"), Column("name", NAME)),
        is_required=True,
    ),
    File(
        "prices", "priset", ("valid_from", "kind"),
        (
            Column("valid_from", DAY),
            Column("kind", PROVIDER_KIND),
            Column("base", KRONOR),
            Column("rural_supplement", KRONOR),
            Column("deduction", KRONOR),
        ),
    ),
    File(
        "clients", "brukaren", ("client",),
        (
            Column("client", CODE),
            optional("personal_number", CheckedNumber(personal_number, "ÅÅÅÅMMDD-NNNN", is_personal=True)),
            Column("given_name", PERSONAL),
            Column("family_name", PERSONAL),
            optional("street", PERSONAL),
            optional("postcode", Text(20, is_personal=True)),
            optional("city", Text(100, is_personal=True)),
            Column("rural", YES_NO),
            Column("protected", YES_NO),
            optional("deceased_on", DAY),
        ),
        is_required=True,
    ),
    File(
        "staff", "medarbetaren", ("staff",),
        (
            Column("staff", CODE),
            Column("unit", CODE, refers_to="units"),
            Column("given_name", PERSONAL),
            Column("family_name", PERSONAL),
        ),
    ),
    File(
        "grants", "insatsen", ("grant",),
        (
            Column("grant", CODE),
            Column("client", CODE, refers_to="clients"),
            Column("unit", CODE, refers_to="units"),
            Column("intervention", INTERVENTION),
            Column("minutes", MINUTES),
            Column("per", Choice(("week", "month"))),
            Column("from", DAY),
            optional("to", LAST_DAY),
            optional("in_effect_from", DAY),
            optional("in_effect_to", LAST_DAY),
        ),
    ),
    File(
        "absences", "frånvaron", ("client", "from"),
        (
            Column("client", CODE, refers_to="clients"),
            Column("from", DAY),
            optional("to", LAST_DAY),
            optional("reason", PERSONAL),
        ),
    ),
    File(
        "visits", "besöket", ("visit", "staff"),
        (
            Column("visit", CODE),
            Column("client", CODE, refers_to="clients"),
            Column("unit", CODE, refers_to="units"),
            Column("intervention", INTERVENTION),
            optional("staff", CODE, refers_to="staff"),
            Column("start", INSTANT),
            optional("end", INSTANT),
            optional("start_method", METHOD),
            optional("end_method", METHOD),
            optional("approved", YES_NO),
            Column("status", STATUS),
        ),
    ),
    File(
        "plans", "genomförandeplanen", ("client", "unit", "approved_on"),
        (
            Column("client", CODE, refers_to="clients"),
            Column("unit", CODE, refers_to="units"),
            Column("approved_on", DAY),
        ),
    ),
)  # fmt: skip
BY_NAME = {file.name: file for file in FILES}
# Codes that other files refer to.
REFERRED = ("providers", "units", "clients", "staff")
