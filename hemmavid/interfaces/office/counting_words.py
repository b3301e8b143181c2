"""How the hours statement is counted, in plain words, by the parameters of a month (contract.md section 4).

What a municipality may set otherwise (A10, A17, A19, A28, S01) is told as it is set, never as it was shipped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hemmavid.lib import swedish
from hemmavid.lib.periods import Month
from hemmavid.rules.absence import AbsencePolicy
from hemmavid.rules.hours_statement import PaymentModel
from hemmavid.rules.interventions import LOV_CODES, VISIT_KINDS, PaymentClass, label_of, row_order
from hemmavid.rules.parameter_files import ParameterSet
from hemmavid.rules.visit_counting import ManualPolicy, VisitPolicies

GRANTED = (
    "Beviljade minuter, fördelade per dag, för de dagar i månaden då beslutet gäller, är verkställt och "
    "brukaren lever. Minuter per vecka delas med 7, minuter per månad med månadens dagar."
)
WRONG = (
    "Ett besök är taggat som till exempel morgonhjälp fast brukaren har ramtid. Tiden räknas som utförd, men "
    "ger ingen egen ersättning."
)
EDGE_DAYS: Mapping[tuple[bool, bool], str] = {
    (True, True): "Dagen brukaren lämnar hemmet och dagen brukaren kommer tillbaka räknas inte som uppehåll.",
    (False, True): "Dagen brukaren lämnar hemmet räknas som uppehåll, dagen brukaren kommer tillbaka inte.",
    (True, False): "Dagen brukaren kommer tillbaka räknas som uppehåll, dagen brukaren lämnar hemmet inte.",
    (False, False): "Dagen brukaren lämnar hemmet och dagen brukaren kommer tillbaka räknas som uppehåll.",
}
"""By whether the day of leaving and the day of return are paid."""
BOTH_MANUAL: Mapping[ManualPolicy, str] = {
    ManualPolicy.APPROVE: ", eller när båda är registrerade för hand och besöket är godkänt.",
    ManualPolicy.ACCEPT: ", eller när båda är registrerade för hand.",
    ManualPolicy.REFUSE: ". Är båda registrerade för hand räknas det inte.",
}
PAID: Mapping[PaymentClass, str] = {
    PaymentClass.AS_GRANTED: "ersätts som beviljat",
    PaymentClass.PERFORMED_UP_TO_GRANTED: "ersätts som utfört, men högst som beviljat",
    PaymentClass.NOT_PAID: "ersätts inte",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the hours statement, and what it means."""

    word: str
    meaning: str


def counting_terms(month: Month, parameters: ParameterSet) -> list[Term]:
    """The words of the statement as the month is counted. Raises ParameterNotDefined on a gap."""
    return [
        Term("Beviljad tid", GRANTED),
        Term(
            "Uppehåll", f"Samma tid per dag, för de dagar brukaren är borta. {edge_days(month, parameters)}"
        ),
        Term("Beviljad tid LOV", "Beviljad tid minus uppehåll."),
        Term("Utförd tid", _performed(month, parameters)),
        Term("Ersättn.timmar", _payable(month, parameters)),
        Term("Antal besök", _visits(month, parameters)),
        Term("Tid per besök", "Utförd tid delad med antal besök."),
        Term("Fel insats", WRONG),
    ]


def edge_days(month: Month, parameters: ParameterSet) -> str:
    """Whether the day of leaving and the day of return are days of absence (A10)."""
    policy = AbsencePolicy.for_month(month, parameters)
    return EDGE_DAYS[policy.is_first_day_paid, policy.is_last_day_paid]


def _performed(month: Month, parameters: ParameterSet) -> str:
    policies = VisitPolicies.for_month(month, parameters)
    double = "ger bådas tid" if policies.sums_double else "ger den längsta av tiderna"
    manual = BOTH_MANUAL[policies.manual]
    return (
        f"Tiden för besök som räknas och som börjar i månaden. Två personal på samma besök {double}. Ett "
        f"besök räknas när det är utfört och minst en ände är registrerad med tagg, lås eller QR-kod{manual}"
    )


def _payable(month: Month, parameters: ParameterSet) -> str:
    model = parameters.at("payment.model", month.last_day)
    if model.text == PaymentModel.PERFORMED:
        return "Utförd tid ersätts, för alla insatser."
    classes = parameters.at("insats.class", month.last_day).table
    own = sorted(LOV_CODES - VISIT_KINDS, key=row_order)  # the kinds of visit lie within frame time
    groups = [(words, [code for code in own if classes[code] == paid]) for paid, words in PAID.items()]
    told = [f"{_listed(codes)} {words}." for words, codes in groups if codes]
    return " ".join([*told, f"Så är det sedan {swedish.long_date(model.valid_from)}."])


def _listed(codes: Sequence[str]) -> str:
    words = [label_of(code).lower() for code in codes]
    text = " och ".join([*filter(None, [", ".join(words[:-1])]), *words[-1:]])
    return text[:1].upper() + text[1:]


def _visits(month: Month, parameters: ParameterSet) -> str:
    number = "två" if VisitPolicies.for_month(month, parameters).counts_per_employee else "ett"
    return f"Besök som räknas. Ett besök med två personal är {number} besök."
