"""The intervention codes of contract.md section 3, their Swedish labels and groups (R060-R067, A28)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

FRAME_TIME = "ramtid"
CARE_PLAN = "genomforandeplan"  # a settlement line's code, never an intervention of a grant or visit
CARE_PLAN_LABEL = "Genomförandeplan"


class Group(StrEnum):
    """Where an intervention stands towards frame time and LOV (R060, R061, R067)."""

    FRAME_TIME = "frame_time"
    VISIT_KIND = "visit_kind"  # a visit kind whose time lies in frame time
    OUTSIDE_FRAME_TIME = "outside_frame_time"
    OUTSIDE_LOV = "outside_lov"


class PaymentClass(StrEnum):
    """How an intervention is paid under the model of granted time; a dated municipal parameter (A28)."""

    AS_GRANTED = "cat1"  # R195
    PERFORMED_UP_TO_GRANTED = "cat3"  # R198
    NOT_PAID = "none"


@dataclass(frozen=True, slots=True)
class Intervention:
    """One code with its Swedish name."""

    code: str
    label: str
    group: Group

    @property
    def statement_label(self) -> str:
        """As printed in the hours statement: the collecting row of frame time carries two stars (R071)."""
        return f"** {self.label}" if self.group is Group.FRAME_TIME else self.label


class UnknownIntervention(KeyError):
    """The code is in no list of contract.md section 3."""


_LABELS: dict[Group, dict[str, str]] = {
    Group.FRAME_TIME: {FRAME_TIME: "Ramtid"},
    Group.VISIT_KIND: {
        "morgonhjalp": "Morgonhjälp",
        "bad_dusch": "Bad/dusch",
        "formiddagshjalp": "Förmiddagshjälp",
        "lunchhjalp": "Lunchhjälp",
        "eftermiddagshjalp": "Eftermiddagshjälp",
        "kvallshjalp_1": "Kvällshjälp 1",
        "kvallshjalp_2": "Kvällshjälp 2",
        "stadning": "Städning",
        "tvatt": "Tvätt",
        "promenad": "Promenad",
        "telefonservice": "Telefonservice",
        "inkop": "Inköp",
        "inkop_sammanboende": "Inköp sammanboende",
        "inkop_service": "Inköp service",
        "internethandel": "Internethandel",
        "social_tid_traning": "Social tid träning",
        "arenden": "Ärenden",
        "ovrigt": "Övrigt",
    },
    Group.OUTSIDE_FRAME_TIME: {
        "matdistribution": "Matdistribution",
        "avlosning": "Avlösning",
        "ledsagning": "Ledsagning",
        "egenvard": "Egenvård",
        "vak": "Vak",
    },
    Group.OUTSIDE_LOV: {
        "natthjalp": "Natthjälp",
        "tillsyn_digital": "Tillsyn (digital)",
        "hemgangsteam": "Hemgångsteam",
        "trygghetslarm": "Trygghetslarm",
    },
}

INTERVENTIONS: dict[str, Intervention] = {
    code: Intervention(code, label, group)
    for group, labels in _LABELS.items()
    for code, label in labels.items()
}
VISIT_KINDS = frozenset(_LABELS[Group.VISIT_KIND])
TIMED_BY_OFFICER = frozenset(_LABELS[Group.OUTSIDE_FRAME_TIME]) | frozenset(_LABELS[Group.OUTSIDE_LOV])
LOV_CODES = frozenset(INTERVENTIONS) - frozenset(_LABELS[Group.OUTSIDE_LOV])


def intervention(code: str) -> Intervention:
    """The intervention of a code; UnknownIntervention otherwise."""
    try:
        return INTERVENTIONS[code]
    except KeyError:
        raise UnknownIntervention(code) from None


def label_of(code: str) -> str:
    """The Swedish name of an intervention, or of the care plan line of a settlement."""
    return CARE_PLAN_LABEL if code == CARE_PLAN else intervention(code).label


def is_lov(code: str) -> bool:
    """Whether the intervention belongs to the hours statement and the settlement (R067, R070)."""
    return code in LOV_CODES


def row_order(code: str) -> tuple[bool, str]:
    """Sort key of the statement's rows: frame time first, the rest by code (contract.md section 4)."""
    return code != FRAME_TIME, code
