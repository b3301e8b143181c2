"""The decision (beslut): what is granted, when, under which model, and how its extent changed."""

from typing import Self

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Cast, Concat

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.access.querysets import MunicipalQuerySet, Stored
from hemmavid.audit.models import append_only
from hemmavid.cases.models.assessment import Assessment
from hemmavid.cases.models.case import Application, Case
from hemmavid.cases.models.fields import (
    LONGEST_LINE,
    LevelledNeed,
    TimedOutside,
    life_area,
    long_text,
)
from hemmavid.database.rows import Row, keeps_history


class DecisionStatus(models.TextChoices):
    """Where the decision stands. A decided one is never edited: its extent changes by rows of their own."""

    DRAFT = "draft", "Utkast"
    DECIDED = "decided", "Beslutat"
    ENDED = "ended", "Avslutat"
    DISCARDED = "discarded", "Borttaget utkast"


class Kind(models.TextChoices):
    """The kinds of decision (rules/decision_faults.py DecisionKind)."""

    ORDINARY = "ordinary", "Ordinarie beslut"
    SIMPLIFIED = "simplified", "Förenklat beslut, hemgångsteam"
    ON_CALL = "on_call", "Tillfälligt beslut under jourtid"
    EXTENSION = "extension", "Utökning"
    URGENT_LASTING = "urgent_lasting", "Akut och varaktig förändring"
    URGENT_SHORT = "urgent_short", "Akut förändring under en begränsad tid"
    URGENT_NEW = "urgent_new", "Akut behov, ny brukare"


class Model(models.TextChoices):
    """How granted time was set (R130); the start of each is a date of its own (R178)."""

    FRAME_TIME = "frame_time", "Ramtid"
    TIME_KEY = "time_key", "Tidsnyckel (äldre)"


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions: all for the authority, and their own for those on call."""

    def visible_to(self, actor: Actor) -> Self:
        """Every decision, or those the actor made on call, or none."""
        if actor.reach(Permission.CASE_READ).everywhere:
            return self
        if actor.user_id is not None and actor.may(Permission.ON_CALL_GRANT):
            return self.filter(kind=Kind.ON_CALL, decided_by_id=actor.user_id)
        return self.none()


class OfDecisionQuerySet(models.QuerySet[Stored]):
    """Rows of a decision, seen by those who see the decision."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of decisions the actor may read."""
        if actor.reach(Permission.CASE_READ).everywhere:
            return self
        return self.filter(decision__in=Decision.objects.visible_to(actor))


@keeps_history()
class Decision(Row):
    """One decision about a client. `period` is half-open; every decided one has an end (R393).

    On call: `granted_until` is the last instant, and `case` is empty until the case officer has received it
    (R351, R352); `need_kind`: what the need is taken to be. `declined`: needs of the assessment not granted.
    `begun_on` and `reported_on` are the days that `start_explanation` counts from (R045, R341).
    """

    number = models.CharField(max_length=20, unique=True)
    client = models.ForeignKey("people.Client", models.PROTECT, related_name="decisions")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="decisions")
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    assessment = models.ForeignKey(
        Assessment, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    model = models.CharField(max_length=12, choices=Model, blank=True)
    status = models.CharField(max_length=10, choices=DecisionStatus, default=DecisionStatus.DRAFT)
    period = DateRangeField(null=True, blank=True)
    begun_on = models.DateField(null=True, blank=True)
    reported_on = models.DateField(null=True, blank=True)
    need_reason = models.CharField(max_length=24, blank=True)
    need_kind = models.CharField(max_length=20, blank=True)
    start_explanation = models.JSONField(default=list, blank=True)
    has_revocation_clause = models.BooleanField(default=False)
    declined = ArrayField(models.UUIDField(), default=list, blank=True)
    summary = long_text()
    reasons = long_text()
    granted_until = models.DateTimeField(null=True, blank=True)
    drafted_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("access.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_by_name = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    received_by_name = models.CharField(max_length=200, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status__in=["decided", "ended"])
                | models.Q(
                    period__isnull=False,
                    period__isempty=False,
                    period__startswith__isnull=False,
                    period__endswith__isnull=False,
                    decided_at__isnull=False,
                ),
                name="decision_made_has_an_end",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["decided", "ended"])
                | models.Q(has_revocation_clause=True) & ~models.Q(model=""),
                name="decision_made_has_clause_and_model",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="on_call", granted_until__isnull=False)
                | ~models.Q(kind="on_call") & models.Q(case__isnull=False),
                name="decision_has_a_case_or_is_on_call",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(status="draft"), name="decision_one_draft_a_case"
            ),
        ]
        indexes = [
            models.Index(fields=["client", "status"], name="decision_of_client"),
            models.Index(fields=["case", "status"], name="decision_of_case"),
        ]

    def __str__(self) -> str:
        return self.number


@keeps_history()
class GrantedArea(Row):
    """A granted life area with the client's own goal (R144, R319)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="areas")
    life_area = life_area()
    goal = long_text()

    objects = OfDecisionQuerySet["GrantedArea"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "life_area"], name="granted_area_once_a_decision")
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.life_area}"


@keeps_history()
class GrantedNeed(LevelledNeed):
    """A need granted at a level within frame time; a change closes the row and opens another (R287).

    `period` null: no longer part of the draft. `level` null: granted on call and not yet assessed (R352).
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="needs")
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    period = DateRangeField(null=True, blank=True)

    objects = OfDecisionQuerySet["GrantedNeed"].as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="granted_need_once_at_a_time",
                expressions=[
                    ("decision", RangeOperators.EQUAL),
                    ("need", RangeOperators.EQUAL),
                    (
                        models.Case(
                            models.When(
                                visit="",
                                then=Concat(models.Value("#"), Cast("level", models.CharField(max_length=3))),
                            ),
                            default="visit",
                        ),
                        RangeOperators.EQUAL,
                    ),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message="Behovet är redan beviljat i samma besök under perioden.",
            ),
            models.CheckConstraint(
                condition=models.Q(period__isnull=True) | models.Q(period__isempty=False),
                name="granted_need_period_not_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need} {self.level}"


@keeps_history()
class GrantedOutside(TimedOutside):
    """Granted time outside frame time, or the standard time of the discharge team (R141, R291, R357)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="outside")
    period = DateRangeField(null=True, blank=True)

    objects = OfDecisionQuerySet["GrantedOutside"].as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="granted_outside_once_at_a_time",
                expressions=[
                    ("decision", RangeOperators.EQUAL),
                    ("intervention", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message="Insatsen är redan beviljad under perioden.",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1), name="granted_outside_minutes_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(period__isnull=True) | models.Q(period__isempty=False),
                name="granted_outside_period_not_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intervention} {self.minutes}"


class FrameTimeSnapshot(Row):
    """The frame time as computed for a decision from a day: figures, table version, explanation (R124, R178).

    `result`: the lines; `explanation`: the sentences, grounds first. Never recomputed: it explains itself.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="snapshots")
    valid_from = models.DateField()
    minutes_per_week = models.DecimalField(max_digits=9, decimal_places=2)
    whole_minutes_per_week = models.PositiveIntegerField()
    hours_per_month = models.DecimalField(max_digits=8, decimal_places=2)
    table_version = models.CharField(max_length=200)
    result = models.JSONField()
    explanation = models.JSONField()
    made_at = models.DateTimeField()

    objects = MunicipalQuerySet["FrameTimeSnapshot"].as_manager()

    class Meta:
        triggers: list[pgtrigger.Trigger] = append_only()
        indexes = [models.Index(fields=["decision", "valid_from"], name="snapshot_of_decision")]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.valid_from}"


class ExtentChange(Row):
    """That a decision changed in extent from a day without a new decision, and why (R278, R287-R291)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="extent_changes")
    valid_from = models.DateField()
    change = models.CharField(max_length=24)
    what = models.CharField(max_length=LONGEST_LINE)
    why = models.TextField()
    told_provider = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200)

    objects = MunicipalQuerySet["ExtentChange"].as_manager()

    class Meta:
        triggers: list[pgtrigger.Trigger] = append_only()
        constraints = [models.CheckConstraint(condition=~models.Q(why=""), name="extent_change_says_why")]
        indexes = [models.Index(fields=["decision", "valid_from"], name="extent_change_of_decision")]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.valid_from} {self.change}"
