"""The golden cases of the clocks and refusals of a case, on both sides of each limit."""

from __future__ import annotations

import pytest

from tests.rules.golden_month import Row, cases_with
from tests.rules.golden_questions import QUESTIONS, answer_of, told

CASES = cases_with("question")


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_the_answer_is_that_of_the_case(case: Row) -> None:
    found, explanation = answer_of(case)
    assert {key: found[key] for key in case["answer"]} == case["answer"]
    assert [sentence for sentence in case.get("because", []) if sentence not in told(explanation)] == []


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_every_step_of_an_answer_names_its_rule(case: Row) -> None:
    _, explanation = answer_of(case)
    steps = [] if explanation is None else list(explanation.steps())
    assert [step.sentence for step in steps if not step.rule or step.rule not in step.sentence] == []
    assert all(step.sentence.endswith(".") for step in steps)


def test_every_question_is_put_by_some_case() -> None:
    assert {case["question"] for case in CASES} == QUESTIONS.keys()
