"""The assessment (utredning) by the eleven life areas of IBIC, and the needs found in it."""

from django.db import models

from hemmavid.access.querysets import MunicipalQuerySet
from hemmavid.cases.models.case import Application, Case
from hemmavid.cases.models.fields import (
    LONGEST_LINE,
    PROBLEM_GRADES,
    SUPPORTS,
    LevelledNeed,
    TimedOutside,
    life_area,
    long_text,
)
from hemmavid.database.rows import Row, keeps_history


class AssessmentStatus(models.TextChoices):
    """Whether the assessment may still be written in."""

    DRAFT = "draft", "Pågår"
    COMPLETED = "completed", "Klar"


@keeps_history()
class Assessment(Row):
    """One assessment of what the client needs. Never leaves the authority (R018, R247)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="assessments")
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    status = models.CharField(max_length=10, choices=AssessmentStatus, default=AssessmentStatus.DRAFT)
    background = long_text()
    proposal = long_text()
    home_visit_on = models.DateField(null=True, blank=True)
    no_home_visit_reason = models.CharField(max_length=LONGEST_LINE, blank=True)
    started_on = models.DateField()
    started_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by_name = models.CharField(max_length=200, blank=True)

    objects = MunicipalQuerySet["Assessment"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(status="draft"), name="assessment_one_draft_a_case"
            ),
            models.CheckConstraint(
                condition=models.Q(status="draft", completed_at__isnull=True)
                | models.Q(status="completed", completed_at__isnull=False),
                name="assessment_completed_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.started_on}"


@keeps_history()
class AreaAssessment(Row):
    """One life area assessed: the need, how great the problem is, what the client can do, the goal (R144)."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="areas")
    life_area = life_area()
    need = long_text()
    can_do = long_text()
    problem_grade = models.PositiveSmallIntegerField(choices=PROBLEM_GRADES, null=True, blank=True)
    support = models.CharField(max_length=20, choices=SUPPORTS, blank=True)
    goal = long_text()

    objects = MunicipalQuerySet["AreaAssessment"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "life_area"], name="area_once_an_assessment")
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.life_area}"


@keeps_history()
class Need(LevelledNeed):
    """A need within frame time at a level. Has no minutes: they follow from the level (R284).

    `visit` empty: a visit of its own. `answer` is what was answered to the need's factor, such as where the
    laundry is (R043). `removed_at` set: the officer took the need away again.
    """

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="needs")
    level = models.PositiveSmallIntegerField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = MunicipalQuerySet["Need"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level__gte=1, count__gte=1), name="need_level_and_count_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(extent="whole") | ~models.Q(extent_text=""), name="need_in_part_says_which"
            ),
        ]
        indexes = [models.Index(fields=["assessment"], name="need_of_assessment")]

    def __str__(self) -> str:
        return f"{self.need} {self.level}"


@keeps_history()
class OutsideNeed(TimedOutside):
    """A need outside frame time, timed by the officer (R141-R143, R291); escort on its `days` (R049)."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="outside_needs")
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = MunicipalQuerySet["OutsideNeed"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(minutes__gte=1), name="outside_need_minutes_positive"),
        ]
        indexes = [models.Index(fields=["assessment"], name="outside_need_of_assessment")]

    def __str__(self) -> str:
        return f"{self.intervention} {self.minutes}"
