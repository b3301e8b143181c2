"""Words and lengths that the tables of a case share."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from hemmavid.database.rows import Row
from hemmavid.rules.assessed_needs import VISIT_LABELS
from hemmavid.rules.life_areas import LIFE_AREA_LABELS, PROBLEM_GRADE_LABELS, SUPPORT_LABELS
from hemmavid.rules.occasions import OccasionsPer

LONGEST_TEXT = 20_000
"""Characters in one text of an assessment or a decision."""
LONGEST_LINE = 500
LONGEST_WHY = 4_000
"""Characters of a reason that is also written in the journal."""

LIFE_AREAS = [(area.value, label) for area, label in LIFE_AREA_LABELS.items()]
SUPPORTS = [(support.value, label) for support, label in SUPPORT_LABELS.items()]
PROBLEM_GRADES = [(grade.value, label) for grade, label in PROBLEM_GRADE_LABELS.items()]
VISITS = [(visit.value, label) for visit, label in VISIT_LABELS.items()]
PERS = [
    (OccasionsPer.DAY.value, "per dag"),
    (OccasionsPer.WEEK.value, "per vecka"),
    (OccasionsPer.TWO_WEEKS.value, "på två veckor"),
    (OccasionsPer.FOUR_WEEKS.value, "på fyra veckor"),
    (OccasionsPer.MONTH.value, "per månad"),
]
PER_OCCASION = "occasion"
"""In place of a stretch of time: ordered one occasion at a time, as escort is (R049)."""
OUTSIDE_PERS = [*PERS, (PER_OCCASION, "per tillfälle")]


class Extent(models.TextChoices):
    """Whether the whole need is met, or the part that the text names (R262)."""

    WHOLE = "whole", "Hela behovet"
    PART = "part", "En del av behovet"


def life_area() -> models.CharField[str, str]:
    """The life area a row stands in."""
    return models.CharField(max_length=20, choices=LIFE_AREAS)


def long_text() -> models.TextField[str, str]:
    """A text that may be empty while the row is a draft."""
    return models.TextField(max_length=LONGEST_TEXT, blank=True)


class LevelledNeed(Row):
    """A need within frame time: how often, in which visit and how much of it (R262, R284). Has no minutes.

    `visit` empty: a visit of its own. `answer` is what was answered to the need's factor, such as where the
    laundry is (R043).
    """

    life_area = life_area()
    need = models.CharField(max_length=40)
    count = models.PositiveSmallIntegerField()
    per = models.CharField(max_length=12, choices=PERS)
    visit = models.CharField(max_length=12, choices=VISITS, blank=True)
    extent = models.CharField(max_length=5, choices=Extent, default=Extent.WHOLE)
    extent_text = models.CharField(max_length=LONGEST_LINE, blank=True)
    support = models.CharField(max_length=20, choices=SUPPORTS, blank=True)
    answer = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True


class TimedOutside(Row):
    """Time outside frame time, set by the officer (R141-R143, R291); escort on its `days` (R049)."""

    life_area = life_area()
    intervention = models.CharField(max_length=40)
    minutes = models.PositiveSmallIntegerField()
    count = models.PositiveSmallIntegerField()
    per = models.CharField(max_length=12, choices=OUTSIDE_PERS)
    days = ArrayField(models.DateField(), default=list, blank=True)
    includes_surrounding_time = models.BooleanField(null=True, blank=True)
    asks_more_time = models.BooleanField(default=False)
    tried_within_frame_time = models.CharField(max_length=LONGEST_LINE, blank=True)
    assessor_name = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True
