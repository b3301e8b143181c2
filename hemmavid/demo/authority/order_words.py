"""What stands under övrigt in an order, and the names of interventions."""

from hemmavid.demo.authority.plans import OrderPlan
from hemmavid.demo.authority.town import ClientFile
from hemmavid.demo.authority.words import filled
from hemmavid.orders.models import OrderKind
from hemmavid.rules.interventions import label_of

OTHERS = (
    "",
    "",
    "Ring {kin} dagen innan första besöket.",
    "{name} vill helst ha samma person på morgonen.",
    "Arbetsterapeuten provar ut en duschpall nästa vecka.",
    "Kontrollera att spisvakten är återställd efter lunch.",
    "{name} hör bäst på vänster sida.",
    "{kin} är med vid första besöket.",
    "Besök före klockan åtta passar inte: {name} sover dåligt på natten.",
)


def label(intervention: str) -> str:
    """The name of an intervention."""
    return label_of(intervention)


def other(file: ClientFile, plan: OrderPlan) -> str:
    """A line or nothing."""
    if plan.kind is not OrderKind.HOME_CARE:
        return ""
    text = file.rng("other", plan.unit).choice(OTHERS)
    return filled(text, file.life) if text else ""
