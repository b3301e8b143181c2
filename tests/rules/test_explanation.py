"""A step says what it claims, and on what grounds, together or apart."""

from datetime import date

from hemmavid.rules.explanation import Step, parameter_step
from hemmavid.rules.parameter_files import load_parameters


class TestStep:
    def test_tells_its_claim_without_the_grounds(self) -> None:
        step = Step(sentence="Beviljat 174 min i 30 dagar (R072, R195).", rule="R072, R195")

        assert step.claim == "Beviljat 174 min i 30 dagar."
        assert step.grounds == "R072, R195"

    def test_names_the_parameter_its_date_and_who_decided_it_among_the_grounds(self) -> None:
        model = load_parameters().at("payment.model", date(2022, 11, 30))

        step = parameter_step("Beviljad tid ersätts", "S01, R195", model, {})

        assert step.claim == "Beviljad tid ersätts."
        assert step.grounds.startswith("S01, R195; parameter payment.model gäller från 2022-10-01, besl")
        assert not step.grounds.endswith(")")

    def test_without_grounds_in_its_sentence_is_all_claim(self) -> None:
        step = Step(sentence="Inget mer att säga.", rule="R195")

        assert (step.claim, step.grounds) == ("Inget mer att säga.", "")
