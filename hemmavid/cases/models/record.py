"""What is noted beside the decisions: events, consents, endings to confirm, the night's hand-over."""

from typing import Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.access.querysets import MunicipalQuerySet
from hemmavid.audit.models import append_only
from hemmavid.cases.models.case import Case
from hemmavid.cases.models.decision import Decision, OfDecisionQuerySet
from hemmavid.cases.models.fields import LONGEST_LINE, LONGEST_WHY, life_area
from hemmavid.database.rows import Row, keeps_history
from hemmavid.messages.models import LONGEST_TEXT as LONGEST_MESSAGE


class EventForm(models.TextChoices):
    """How the follow-up was made (R401, R404)."""

    HOME_VISIT = "home_visit", "hembesök"
    PHONE = "phone", "telefonsamtal"
    MEETING = "meeting", "möte"
    VIDEO = "video", "videosamtal"


class EventOutcome(models.TextChoices):
    """What came of it (R401)."""

    UNCHANGED = "unchanged", "Behovet kvarstår"
    NEW_DECISION = "new_decision", "Nytt beslut"
    EXTENT_CHANGED = "extent_changed", "Ändrad omfattning"
    ENDED = "ended", "Insats avslutad"


class CaseEvent(Row):
    """A registered event (händelse): the entry of a follow-up, and the board's figures (R401-R405)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="case_events")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="case_events")
    occurred_on = models.DateField()
    form = models.CharField(max_length=12, choices=EventForm)
    outcome = models.CharField(max_length=16, choices=EventOutcome)
    interventions = ArrayField(models.CharField(max_length=100), default=list)
    text = models.TextField()
    journal_entry_id = models.UUIDField()
    at = models.DateTimeField()
    by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200)

    objects = MunicipalQuerySet["CaseEvent"].as_manager()

    class Meta:
        db_table = "cases_event_of_case"
        triggers: list[pgtrigger.Trigger] = append_only()
        indexes = [models.Index(fields=["case", "occurred_on"], name="event_of_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.occurred_on}"


class HowGiven(models.TextChoices):
    """How a consent was given (R397)."""

    ORAL = "oral", "Muntligt"
    WRITTEN = "written", "Skriftligt"


@keeps_history()
class Consent(Row):
    """A consent for one occasion or until a day, with its purpose; never a general one (R397, R398)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=LONGEST_LINE)
    parties = models.CharField(max_length=LONGEST_LINE)
    occasion = models.CharField(max_length=LONGEST_LINE, blank=True)
    how = models.CharField(max_length=8, choices=HowGiven)
    given_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by_name = models.CharField(max_length=200)

    objects = MunicipalQuerySet["Consent"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(purpose=""), name="consent_has_a_purpose"),
            models.CheckConstraint(
                condition=~models.Q(occasion="") | models.Q(ends_on__isnull=False),
                name="consent_has_an_occasion_or_an_end",
            ),
        ]
        indexes = [models.Index(fields=["case", "given_on"], name="consent_of_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.given_on}"


@keeps_history()
class EndingConfirmation(Row):
    """The task to have the end of an intervention confirmed with the person (R296, R297).

    Nothing ends by it: what it asks for (`granted_ids`, none of them: the whole decision) goes on until the
    person has confirmed. `refused_on`: the person goes on with the support, as `confirmed_how` tells.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="endings")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="endings")
    what = models.CharField(max_length=LONGEST_LINE)
    life_area = life_area()
    ended_from = models.DateField()
    last_performed_on = models.DateField(null=True, blank=True)
    granted_ids = ArrayField(models.UUIDField(), default=list, blank=True)
    why = models.CharField(max_length=LONGEST_WHY, blank=True)
    message = models.TextField(max_length=LONGEST_MESSAGE, blank=True)
    asked_at = models.DateTimeField()
    asked_by_name = models.CharField(max_length=200)
    confirmed_on = models.DateField(null=True, blank=True)
    refused_on = models.DateField(null=True, blank=True)
    confirmed_how = models.CharField(max_length=LONGEST_LINE, blank=True)
    confirmed_by_name = models.CharField(max_length=200, blank=True)

    objects = MunicipalQuerySet["EndingConfirmation"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_on__isnull=True) | ~models.Q(confirmed_how=""),
                name="ending_confirmed_says_how",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_on__isnull=True) | models.Q(refused_on__isnull=True),
                name="ending_confirmed_or_refused",
            ),
        ]
        indexes = [models.Index(fields=["case"], name="ending_of_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.what}"


class HandoverQuerySet(models.QuerySet["OnCallHandover"]):
    """Hand-overs: all for the authority, their own for those on call."""

    def visible_to(self, actor: Actor) -> Self:
        """Every hand-over, or the actor's own, or none."""
        if actor.reach(Permission.CASE_READ).everywhere:
            return self
        return self.filter(signed_by_id=actor.user_id) if actor.may(Permission.ON_CALL_GRANT) else self.none()


class OnCallHandover(Row):
    """That a shift on call was handed over; its items land with the owners (R342, R351, JA5)."""

    shift_started_at = models.DateTimeField()
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    signed_by_name = models.CharField(max_length=200)
    note = models.CharField(max_length=LONGEST_LINE, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        triggers: list[pgtrigger.Trigger] = append_only()

    def __str__(self) -> str:
        return f"{self.signed_by_id} {self.signed_at}"


class OnCallHandoverItem(Row):
    """One decision handed over, and the day its pay counts from when the need is found (R341, R349, R355)."""

    handover = models.ForeignKey(OnCallHandover, models.PROTECT, related_name="items")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="handover_item")
    pays_from = models.DateField()
    because = models.JSONField()

    objects = OfDecisionQuerySet["OnCallHandoverItem"].as_manager()

    class Meta:
        triggers: list[pgtrigger.Trigger] = append_only()

    def __str__(self) -> str:
        return f"{self.decision_id} {self.pays_from}"
