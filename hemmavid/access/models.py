"""People who log in, and the roles they hold for a time."""

from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Coalesce

from hemmavid.access.roles import Role
from hemmavid.database.rows import Row, keeps_history


class UserManager(BaseUserManager["User"]):
    """Finds users by user name; there is no superuser in Hemmavid, rights are roles."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this user name, whatever its case."""
        return self.get(username__iexact=username)


@keeps_history(exclude=["password", "last_login"])
class User(Row, AbstractBaseUser):
    """One person, one account (R092, R115). What the account may do follows from its role assignments."""

    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    has_temporary_password = models.BooleanField(default=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(models.functions.Lower("username"), name="user_name_once_whatever_case")
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The person's name."""
        return self.name

    def get_short_name(self) -> str:
        """The person's first name."""
        return self.name.split(" ", 1)[0]


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    """Filters over assignments."""

    def in_force_on(self, day: date) -> Self:
        """Those that hold on `day`: within their period, not taken back, of an account that is not ended."""
        return self.filter(period__contains=day, ended_at__isnull=True, user__is_active=True)

    def of_user(self, user_id: UUID) -> Self:
        """Those of one user."""
        return self.filter(user_id=user_id)


@keeps_history()
class RoleAssignment(Row):
    """A role a person holds, at a unit or for the municipality, from a day and usually to one (R102).

    `ended_at` is set when the role is taken back at once; until then only its period decides.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=30, choices=[(role.value, role.label) for role in Role])
    unit = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    period = DateRangeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    role__in=["care_worker", "coordinator", "unit_manager"], unit__isnull=False
                )
                | (
                    ~models.Q(role__in=["care_worker", "coordinator", "unit_manager"])
                    & models.Q(unit__isnull=True)
                ),
                name="role_of_a_unit_has_one",
            ),
            models.CheckConstraint(condition=models.Q(period__isempty=False), name="role_period_not_empty"),
            ExclusionConstraint(
                name="role_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (
                        Coalesce("unit", models.Value(UUID(int=0), output_field=models.UUIDField())),
                        RangeOperators.EQUAL,
                    ),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(ended_at__isnull=True),
                violation_error_message="Personen har redan rollen under perioden.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"
