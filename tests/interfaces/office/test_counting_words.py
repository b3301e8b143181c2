"""What the screen says about how it counts follows the municipality's files, and never what was shipped."""

from pathlib import Path

import pytest

from hemmavid.access.roles import Role
from hemmavid.interfaces.office.counting_words import counting_terms, edge_days
from hemmavid.lib.periods import Month
from hemmavid.rules.parameter_files import SHIPPED, load_parameters
from tests.interfaces.office.scenes import scene

NOVEMBER, SEPTEMBER = Month(2022, 11), Month(2022, 9)


def changed(folder: Path, name: str, old: str, new: str) -> Path:
    """The municipality's folder with one file of its own."""
    text = (SHIPPED / "municipal" / f"{name}.toml").read_text()
    assert old in text
    (folder / f"{name}.toml").write_text(text.replace(old, new))
    return folder


def told(folder: Path | None, month: Month = NOVEMBER) -> dict[str, str]:
    return {term.word: term.meaning for term in counting_terms(month, load_parameters(folder))}


def test_as_shipped_it_says_what_the_contract_says() -> None:
    words = told(None)
    assert words["Uppehåll"].endswith("kommer tillbaka räknas inte som uppehåll.")
    assert words["Utförd tid"].endswith("när båda är registrerade för hand och besöket är godkänt.")
    assert words["Ersättn.timmar"] == (
        "Ramtid och matdistribution ersätts som beviljat. Avlösning, egenvård, ledsagning och vak ersätts "
        "som utfört, men högst som beviljat. Så är det sedan 1 oktober 2022."
    )
    assert words["Antal besök"].endswith("är ett besök.")


def test_a_month_of_the_old_model_says_so() -> None:
    assert told(None, SEPTEMBER)["Ersättn.timmar"] == "Utförd tid ersätts, för alla insatser."


@pytest.mark.parametrize(
    ("name", "old", "new", "word", "expected"),
    [
        ("absence.first_day", '"paid"', '"not_paid"', "Uppehåll", "lämnar hemmet räknas som uppehåll"),
        (
            "absence.last_day",
            '"paid"',
            '"not_paid"',
            "Uppehåll",
            "kommer tillbaka räknas som uppehåll",
        ),
        (
            "manual_both.policy",
            '"approve"',
            '"refuse"',
            "Utförd tid",
            "för hand räknas det inte.",
        ),
        ("manual_both.policy", '"approve"', '"accept"', "Utförd tid", "båda är registrerade för hand."),
        ("visit.double_sum", "true", "false", "Utförd tid", "ger den längsta av tiderna"),
        ("visit.count", '"once"', '"per_employee"', "Antal besök", "är två besök."),
        ("insats.class", 'vak = "cat3"', 'vak = "none"', "Ersättn.timmar", "Vak ersätts inte."),
        (
            "insats.class",
            'matdistribution = "cat1"',
            'matdistribution = "cat3"',
            "Ersättn.timmar",
            "Ramtid ersätts",
        ),
    ],
)
def test_a_changed_file_changes_the_words(
    tmp_path: Path, name: str, old: str, new: str, word: str, expected: str
) -> None:
    assert expected in told(changed(tmp_path, name, old, new))[word]
    assert expected not in told(None)[word]


def test_both_edge_days_may_be_absence(tmp_path: Path) -> None:
    for name in ("absence.first_day", "absence.last_day"):
        changed(tmp_path, name, '"paid"', '"not_paid"')
    text = edge_days(NOVEMBER, load_parameters(tmp_path))
    assert text.endswith("lämnar hemmet och dagen brukaren kommer tillbaka räknas som uppehåll.")


@pytest.mark.django_db
def test_the_pages_say_it_as_the_municipality_has_set_it(tmp_path: Path, settings, log_in) -> None:
    settings.PARAMETERS_FOLDER = str(changed(tmp_path, "visit.count", '"once"', '"per_employee"'))
    browser = log_in(Role.UNIT_MANAGER, scene(1).unit)
    for page in ("/hjalp/", "/rapporter/timunderlag/"):
        assert "Ett besök med två personal är två besök." in browser.get(page).content.decode()


@pytest.mark.django_db
def test_the_help_stays_when_a_rule_has_no_value(tmp_path: Path, settings, log_in) -> None:
    settings.PARAMETERS_FOLDER = str(changed(tmp_path, "visit.count", "2000-01-01", "2099-01-01"))
    page = log_in(Role.SYSTEM_ADMINISTRATOR).get("/hjalp/").content.decode()
    assert "Kortkommandon" in page
    assert "Så räknas timunderlaget" not in page
