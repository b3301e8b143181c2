"""Every reason an operation gives for refusing has words on the screen: the code's own table is read."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

import hemmavid
from hemmavid.cases.operations.revision import Meanwhile
from hemmavid.interfaces.office.cards import words as card_words
from hemmavid.interfaces.office.cases import refusals
from hemmavid.interfaces.office.cases.assessment_views import INCOMPLETE
from hemmavid.interfaces.office.contacts import words as contact_words
from hemmavid.interfaces.office.journals import words as journal_words
from hemmavid.interfaces.office.on_call import words as on_call_words
from hemmavid.interfaces.office.orders import words as order_words
from hemmavid.interfaces.office.threads import words as thread_words
from hemmavid.orders import operations as order_operations
from hemmavid.orders.models import OrderStatus
from tests.cases.thread import AT

ROOT = Path(hemmavid.__file__).parent
TABLES = {
    "OrderRefused": (order_words.REFUSED,),
    "DeathRefused": (order_words.DEATH_REFUSED,),
    "MessageRefused": (order_words.MESSAGE_REFUSED, thread_words.REFUSALS),
    "EntryRefused": (journal_words.REFUSALS,),
    "CardRefused": (card_words.REFUSALS,),
    "ErrorTextRefused": (card_words.ERROR_REFUSALS,),
    "ContactRefused": (contact_words.REFUSALS,),
    "DeputyRefused": (contact_words.DEPUTIES,),
    "ReasonRefused": (on_call_words.REASONS,),
}
PLACE_OF_CODE = {"ContactRefused": 1}
NOTES = {"written", "note_change"}
NEVER_SHOWN = {"LateChange"}  # the office weighs every late change itself (settlement/order_changes.py)


def trees(folder: Path) -> list[ast.Module]:
    return [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.py"))]


def raised_codes() -> dict[str, set[str]]:
    """Class of refusal → the codes it is raised with anywhere in the program."""
    found: dict[str, set[str]] = defaultdict(set)
    for tree in trees(ROOT):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TABLES:
                code = node.args[PLACE_OF_CODE.get(node.func.id, 0)]
                assert isinstance(code, ast.Constant), f"{node.func.id} is raised with a code that is no word"
                found[node.func.id].add(str(code.value))
    return found


def noted_in_cases() -> set[str]:
    """What the operations of cases note that somebody did."""
    found = set()
    for tree in trees(ROOT / "cases" / "operations"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NOTES:
                what = node.args[1]
                first = what.values[0] if isinstance(what, ast.JoinedStr) else what
                if isinstance(first, ast.Constant):
                    found.add(str(first.value).rstrip(":"))
    return found


@pytest.mark.parametrize("refusal", TABLES)
def test_every_code_of_a_refusal_has_words_and_no_words_are_left_over(refusal):
    codes = raised_codes()[refusal]
    assert codes
    for table in TABLES[refusal]:
        assert set(table) == codes


def test_every_missing_piece_of_an_assessment_has_words():
    tree = ast.parse((ROOT / "cases" / "operations" / "assessing.py").read_text(encoding="utf-8"))
    missing = next(
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "_missing"
    )
    told = {
        node.value
        for node in ast.walk(missing)
        if isinstance(node, ast.Constant) and str(node.value).startswith("no_")
    }
    assert told == set(INCOMPLETE)


def test_whatever_a_colleague_did_to_a_case_meanwhile_has_words_of_its_own():
    codes = noted_in_cases()
    assert len(codes) > 20
    fallback = refusals.what_words("never_heard_of")
    areas = {"area_saved": ":personal_care", "goal_changed": ":personal_care"}
    told = {code: refusals.what_words(f"{code}{areas.get(code, '')}") for code in codes}
    assert {code: said for code, said in told.items() if said == fallback} == {}
    assert refusals.change_words(Meanwhile(2, "draft_saved", "Kim Vår", AT)).startswith("Kim Vår skrev i")


def test_every_refusal_of_an_order_is_expected_by_its_pages():
    raised = {
        node.name
        for tree in trees(Path(order_operations.__file__).parent)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id in {"Exception", "ValueError"} for base in node.bases)
    }
    expected = {kind.__name__ for kind in order_words.EXPECTED}
    assert raised - NEVER_SHOWN <= expected


def test_every_state_in_which_something_cannot_be_done_has_words():
    assert set(order_words.STATES) == set(OrderStatus)
