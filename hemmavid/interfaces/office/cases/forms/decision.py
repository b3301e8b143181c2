"""The decision as a form: everything filled in that is known, each fault at its field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from django import forms
from django.forms import BoundField

from hemmavid.cases.operations.deciding import CaseFault
from hemmavid.cases.operations.drafts import DecisionText
from hemmavid.cases.operations.needs import TimedNeed
from hemmavid.cases.queries.draft import DraftView
from hemmavid.interfaces.office.cases.forms.fields import check, choice, day, long_text
from hemmavid.rules.decision_faults import DecisionKind
from hemmavid.rules.life_areas import LifeArea
from hemmavid.rules.occasions import OccasionsPer
from hemmavid.rules.urgent_need import NEED_REASON_LABELS

KINDS = {
    DecisionKind.ORDINARY: "Ordinarie beslut",
    DecisionKind.EXTENSION: "Utökning som inte är akut",
    DecisionKind.URGENT_LASTING: "Akut och varaktig förändring",
    DecisionKind.URGENT_SHORT: "Akut förändring, högst några dagar",
    DecisionKind.URGENT_NEW: "Akut behov, ny brukare",
    DecisionKind.SIMPLIFIED: "Förenklat beslut, hemgångsteam",
}
WITH_FIRST_DAY = frozenset({DecisionKind.ORDINARY, DecisionKind.SIMPLIFIED})
NO_REASON = ("", "–")
FIELD_OF_FAULT = {
    "period": "last_day",
    "home_visit_on": "",
    "information_given_on": "",
    "needs": "",
    "model": "",
}
NIGHT_HELP = "natthjalp"
NIGHT_AREA = LifeArea.SENSE_OF_SAFETY


class KindForm(forms.Form):
    """Which kind of decision to begin."""

    kind = choice("Sorts beslut", [(kind.value, label) for kind, label in KINDS.items()])

    @property
    def chosen(self) -> DecisionKind:
        """The kind."""
        return DecisionKind(self.cleaned_data["kind"])


class DecisionForm(forms.Form):
    """A draft of a decision. The goals are fields of their own, one a granted life area."""

    kind = choice("Sorts beslut", [(kind.value, label) for kind, label in KINDS.items()])
    first_day = day("Första dag", help_text="För ordinarie och förenklat beslut.")
    begun_on = day("Behovet började", help_text="För akuta behov: beslutet dateras efter den dagen.")
    reported_on = day("Behovet anmäldes", help_text="En utökning gäller från den dagen.")
    need_reason = choice(
        "Varför behovet inte kan vänta",
        [NO_REASON, *((reason.value, label) for reason, label in NEED_REASON_LABELS.items())],
        required=False,
        help_text="För akuta behov.",
    )
    last_day = day("Sista dag", help_text="Beslut om hemtjänst är tidsbegränsade.")
    night_minutes = forms.IntegerField(
        label="Natthjälp, minuter per natt",
        min_value=1,
        max_value=1440,
        required=False,
        help_text="Bara i ett förenklat beslut.",
        error_messages={"invalid": "Skriv minuterna som ett heltal."},
    )
    granted = forms.MultipleChoiceField(label="Beviljas", required=False, widget=forms.CheckboxSelectMultiple)
    summary = long_text("Sammanfattning till brukaren", rows=4, help_text="Enkla ord. Står först i beslutet.")
    reasons = long_text("Skäl för beslutet", rows=5)
    replaces = check("Ersätter det beslut som gäller nu från och med första dagen")
    has_revocation_clause = check(
        "Återkallelseförbehållet ingår",
        help_text="Insatser som inte används eller inte längre behövs kan avslutas.",
    )

    def __init__(self, draft: DraftView, posted: Mapping[str, str] | None = None) -> None:
        super().__init__(posted, initial=_initial(draft))
        self.draft = draft
        for area in draft.areas:
            self.fields[_goal(area.life_area)] = long_text(f"Mål för {area.label}", rows=2)
            self.initial[_goal(area.life_area)] = area.goal
        field = self.fields["granted"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(str(need.row_id), need.words) for need in draft.needs]

    @property
    def goals(self) -> list[BoundField]:
        """The fields of the goals, in the order of the life areas."""
        return [self[_goal(area.life_area)] for area in self.draft.areas]

    @property
    def is_simplified(self) -> bool:
        """Whether the kind chosen is the discharge team's."""
        return str(self["kind"].value()) == DecisionKind.SIMPLIFIED.value

    def as_text(self) -> DecisionText:
        """The draft as it stands in the form."""
        given = self.cleaned_data
        kind = DecisionKind(given["kind"])
        ticked = set(given["granted"])
        return DecisionText(
            kind=kind,
            first_day=given["first_day"] if kind in WITH_FIRST_DAY else None,
            last_day=given["last_day"],
            begun_on=given["begun_on"],
            reported_on=given["reported_on"],
            need_reason=given["need_reason"],
            has_revocation_clause=given["has_revocation_clause"],
            summary=given["summary"],
            reasons=given["reasons"],
            goals={area.life_area: given[_goal(area.life_area)] for area in self.draft.areas},
            declined=frozenset(need.row_id for need in self.draft.needs if str(need.row_id) not in ticked),
            replaces_id=self.draft.replaceable_id if given["replaces"] else None,
            beside=tuple(_beside(kind, given["night_minutes"])),
        )

    def take(self, faults: Sequence[CaseFault]) -> None:
        """Put each fault at its field, or above the form when it is mended elsewhere."""
        for fault in faults:
            field = FIELD_OF_FAULT.get(fault.field, fault.field)
            if fault.field == "goal_text" and fault.life_area is not None:
                field = _goal(fault.life_area)
            self.add_error(field if field in self.fields else None, fault.sentence)

    def too_early(self, starts_on: date | None) -> bool:
        """Whether the last day typed comes before the day the decision begins; then it says so."""
        last_day = self.cleaned_data.get("last_day")
        if last_day is None or starts_on is None or last_day >= starts_on:
            return False
        self.add_error(
            "last_day", f"Beslutet börjar {starts_on:%Y-%m-%d}. Välj en sista dag från och med den."
        )
        return True


def _goal(area: LifeArea) -> str:
    return f"goal_{area.value}"


def _initial(draft: DraftView) -> dict[str, object]:
    declined = set(draft.declined)
    return {
        "kind": draft.kind.value,
        "first_day": draft.first_day,
        "begun_on": draft.begun_on,
        "reported_on": draft.reported_on,
        "need_reason": draft.need_reason,
        "last_day": draft.last_day,
        "night_minutes": draft.night_minutes,
        "granted": [str(need.row_id) for need in draft.needs if need.row_id not in declined],
        "summary": draft.summary,
        "reasons": draft.reasons,
        "replaces": draft.replaces_id is not None,
        "has_revocation_clause": draft.has_revocation_clause,
    }


def _beside(kind: DecisionKind, night_minutes: int | None) -> Iterator[TimedNeed]:
    if kind is DecisionKind.SIMPLIFIED and night_minutes:
        yield TimedNeed(NIGHT_AREA, NIGHT_HELP, night_minutes, 1, OccasionsPer.DAY)


def ids_of(texts: Sequence[str]) -> list[UUID]:
    """The ids among what was posted; anything else is left out."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
