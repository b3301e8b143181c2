"""A change of a running decision: first what it takes, then the change itself (R252, R277-R298)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django import forms

from hemmavid.cases.models.fields import LONGEST_WHY, PERS, VISITS
from hemmavid.cases.operations.changing import ExtentRequest
from hemmavid.cases.operations.ending import Ending
from hemmavid.cases.operations.needs import NeedAtLevel, TimedNeed
from hemmavid.cases.queries.case_views import DecisionView, NeedView
from hemmavid.interfaces.office.cases.forms.fields import check, choice, day, line, long_text
from hemmavid.interfaces.office.cases.forms.needs import NOTHING, OWN_VISIT, level_choices
from hemmavid.lib.periods import ONE_DAY
from hemmavid.messages.models import LONGEST_TEXT as LONGEST_MESSAGE
from hemmavid.rules.decision_needed import CHANGE_LABELS, Change
from hemmavid.rules.interventions import TIMED_BY_OFFICER, label_of
from hemmavid.rules.life_areas import LIFE_AREA_LABELS, LifeArea
from hemmavid.rules.occasions import OccasionsPer
from hemmavid.rules.standard_times import StandardTimes

WITHIN = frozenset({Change.ADD_INTERVENTION, Change.CHANGE_LEVEL, Change.CHANGE_OCCASIONS})
ASKED = [(change.value, label) for change, label in CHANGE_LABELS.items()]
AREAS = [(area.value, label) for area, label in LIFE_AREA_LABELS.items()]


class QuestionForm(forms.Form):
    """Vad krävs? What is to be changed, in which life area, and whether the need is another."""

    andring = choice("Vad ska ändras", ASKED)
    omrade = choice("I livsområdet", AREAS)
    behov_andrat = check("Behovet är ändrat sedan beslutet")

    @property
    def change(self) -> Change:
        """What is to be changed."""
        return Change(self.cleaned_data["andring"])

    @property
    def area(self) -> LifeArea:
        """Where."""
        return LifeArea(self.cleaned_data["omrade"])


class ExtentForm(forms.Form):
    """The change of extent itself. What is asked depends on the change; minutes never within frame time."""

    valid_from = day("Gäller från och med", required=True)
    granted_id = choice("Det som ändras", [], required=False)
    level = choice("Behov och nivå", [], required=False)
    count = forms.IntegerField(label="Antal gånger", min_value=1, max_value=99, required=False, initial=1)
    per = choice("Hur ofta", PERS, required=False)
    visit = choice("I besöket", [OWN_VISIT, *VISITS], required=False)
    intervention = choice(
        "Insats utanför ramtiden",
        [NOTHING, *((code, label_of(code)) for code in sorted(TIMED_BY_OFFICER))],
        required=False,
    )
    minutes = forms.IntegerField(label="Minuter per gång", min_value=1, max_value=1440, required=False)
    why = long_text("Vad uppdraget säger, och hur det är nu", rows=3, most=LONGEST_WHY)
    message = long_text(
        "Meddelande till utföraren",
        rows=3,
        most=LONGEST_MESSAGE,
        help_text="Inget nytt uppdrag skickas, så utföraren får veta det här.",
    )

    def __init__(
        self,
        change: Change,
        decision: DecisionView,
        times: StandardTimes,
        posted: Mapping[str, str] | None = None,
        *,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(posted, initial=dict(initial or {}))
        self.change = change
        self.decision = decision
        self._offer("granted_id", [("", "Inget: det är nytt"), *_granted(decision, change)])
        self._offer("level", level_choices(times))
        for name in _left_out(change):
            del self.fields[name]

    def _offer(self, name: str, choices: Sequence[tuple[str, object]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)

    def clean(self) -> dict[str, object]:
        """Something is chosen: a level, or an intervention with its time."""
        given = super().clean() or self.cleaned_data
        if self.change in WITHIN and not given.get("level") and not given.get("intervention"):
            self.add_error("level", "Välj behov och nivå.")
        if given.get("intervention") and not given.get("minutes"):
            self.add_error("minutes", "Ange tiden i minuter.")
        if self.change is not Change.ADD_INTERVENTION and not given.get("granted_id"):
            self.add_error("granted_id", "Välj det som ska ändras.")
        return given

    def as_request(self, area: LifeArea, *, has_need_changed: bool) -> ExtentRequest:
        """The change the form describes."""
        given = self.cleaned_data
        chosen = given.get("granted_id") or ""
        return ExtentRequest(
            change=self.change,
            life_area=area,
            valid_from=given["valid_from"],
            why=given["why"],
            has_need_changed=has_need_changed,
            message=given["message"],
            granted_id=UUID(chosen) if chosen else None,
            need=_need(given),
            timed=_timed(given, area),
        )


class EndingForm(forms.Form):
    """What ends, its last day, and how the person confirmed it if that is done (R296-R298)."""

    granted_ids = forms.MultipleChoiceField(
        label="Avsluta", required=False, widget=forms.CheckboxSelectMultiple
    )
    whole = check("Hela beslutet")
    last_day = day("Sista dag insatsen utfördes", required=True)
    why = long_text("Varför", rows=2, most=LONGEST_WHY)
    message = long_text("Meddelande till utföraren", rows=2, most=LONGEST_MESSAGE)
    confirmed_how = line(
        "Hur brukaren bekräftade",
        help_text="Tomt: stödet fortsätter tills du har bekräftat det med brukaren.",
    )

    def __init__(
        self,
        decision: DecisionView,
        posted: Mapping[str, str] | None = None,
        *,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(posted, initial=dict(initial or {}))
        field = self.fields["granted_ids"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(str(need.row_id), need.words) for need in decision.needs]

    def clean(self) -> dict[str, object]:
        """Something is chosen."""
        given = super().clean() or self.cleaned_data
        if not given.get("granted_ids") and not given.get("whole"):
            self.add_error("granted_ids", "Välj det som ska avslutas, eller hela beslutet.")
        return given

    @property
    def chosen(self) -> tuple[UUID, ...]:
        """The rows that end; none: the whole decision."""
        given = self.cleaned_data
        return () if given["whole"] else tuple(UUID(text) for text in given["granted_ids"])

    @property
    def ended_from(self) -> date:
        """The first day without."""
        last_day: date = self.cleaned_data["last_day"]
        return last_day + ONE_DAY

    def as_ending(self) -> Ending:
        """The ending the form describes."""
        given = self.cleaned_data
        return Ending(
            last_day=given["last_day"],
            why=given["why"],
            message=given["message"],
            granted_ids=self.chosen,
            confirmed_how=given["confirmed_how"],
        )


class GoalForm(forms.Form):
    """A goal rewritten in a granted life area (R294)."""

    goal = long_text("Mål, med personens egna ord", rows=2)


def _granted(decision: DecisionView, change: Change) -> list[tuple[str, str]]:
    is_outside = change is Change.CHANGE_OUTSIDE_TIME
    rows: list[NeedView] = [need for need in decision.needs if need.is_outside is is_outside]
    return [(str(need.row_id), f"{need.words}, {_since(need)}") for need in rows]


def _since(need: NeedView) -> str:
    period = need.period
    if period is None:
        return ""
    last = f" till {period.last_day:%Y-%m-%d}" if period.last_day else ""
    return f"från {period.start:%Y-%m-%d}{last}"


def _left_out(change: Change) -> tuple[str, ...]:
    if change is Change.CHANGE_OUTSIDE_TIME:
        return ("level", "visit")
    if change is Change.ADD_INTERVENTION:
        return ("granted_id",)
    return ("intervention", "minutes")


def _need(given: Mapping[str, object]) -> NeedAtLevel | None:
    chosen, _, level = str(given.get("level") or "").partition(":")
    if not chosen:
        return None
    per = OccasionsPer(str(given.get("per") or OccasionsPer.DAY.value))
    return NeedAtLevel(chosen, int(level), _count(given), per, str(given.get("visit") or ""))


def _timed(given: Mapping[str, object], area: LifeArea) -> TimedNeed | None:
    intervention = str(given.get("intervention") or "")
    if not intervention:
        return None
    minutes = given.get("minutes")
    per = OccasionsPer(str(given.get("per") or OccasionsPer.WEEK.value))
    return TimedNeed(area, intervention, minutes if isinstance(minutes, int) else 0, _count(given), per)


def _count(given: Mapping[str, object]) -> int:
    count = given.get("count")
    return count if isinstance(count, int) else 1
