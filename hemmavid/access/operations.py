"""Writes to accounts and roles. Nobody administers himself, and nothing is erased: history keeps it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.access.actors import Actor, require
from hemmavid.access.models import RoleAssignment, User
from hemmavid.access.policy import Permission
from hemmavid.access.roles import OF_A_UNIT, Role


class UsernameTaken(Exception):
    """Somebody has the user name already, whatever its case."""


class PasswordRefused(Exception):
    """The password does not hold; `reasons` are the validators' own sentences."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


class SelfAdministration(Exception):
    """Somebody tried to change what he himself may do."""


class RoleNeedsUnit(Exception):
    """A role of a unit was given without one, or a role of the municipality with one."""


class RoleAlreadyHeld(Exception):
    """The person holds the role at the unit during some of the period already."""


class PeriodEmpty(Exception):
    """The last day comes before the first."""


class AlreadyEnded(Exception):
    """The role or the account has ended; what has ended is given anew, not opened again."""


@dataclass(frozen=True, slots=True)
class NewUser:
    """What an account is made from."""

    username: str
    name: str
    password: str
    has_temporary_password: bool = False


@dataclass(frozen=True, slots=True)
class NewRole:
    """A role to give. Both days count; without a last day it holds until further notice (R102)."""

    role: Role
    unit_id: UUID | None
    first_day: date
    last_day: date | None = None


@transaction.atomic
def create_user(new: NewUser, *, by: Actor) -> User:
    """Make an account without any right. Raises Denied, UsernameTaken, PasswordRefused."""
    require(by, Permission.ACCESS_ADMINISTER)
    user = User(username=new.username, name=new.name, has_temporary_password=new.has_temporary_password)
    _set_checked_password(user, new.password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise UsernameTaken from error
    return user


@transaction.atomic
def give_password(*, user_id: UUID, password: str, by: Actor, is_temporary: bool) -> None:
    """Replace a forgotten password. A temporary one must be changed at the next login.

    Raises Denied, SelfAdministration, AlreadyEnded, PasswordRefused.
    """
    require(by, Permission.ACCESS_ADMINISTER)
    user = _other_user(user_id, by)
    _set_checked_password(user, password)
    user.has_temporary_password = is_temporary
    user.save(update_fields=["password", "has_temporary_password"])


@transaction.atomic
def give_role(new: NewRole, *, user_id: UUID, by: Actor) -> RoleAssignment:
    """Give a person a role for a time.

    Raises Denied, SelfAdministration, AlreadyEnded, RoleNeedsUnit, PeriodEmpty, RoleAlreadyHeld.
    """
    require(by, Permission.ACCESS_ADMINISTER)
    user = _other_user(user_id, by)
    if (new.role in OF_A_UNIT) != (new.unit_id is not None):
        raise RoleNeedsUnit
    if new.last_day is not None and new.last_day < new.first_day:
        raise PeriodEmpty
    end = new.last_day + timedelta(days=1) if new.last_day else None
    assignment = RoleAssignment(
        user=user, role=new.role.value, unit_id=new.unit_id, period=DateRange(new.first_day, end)
    )
    try:
        with transaction.atomic():
            assignment.save(force_insert=True)
    except IntegrityError as error:
        raise RoleAlreadyHeld from error
    return assignment


@transaction.atomic
def end_role(*, assignment_id: UUID, by: Actor, at: datetime) -> None:
    """Take a role back at once; the next click of its holder is refused.

    Raises Denied, RoleAssignment.DoesNotExist, SelfAdministration, AlreadyEnded.
    """
    require(by, Permission.ACCESS_ADMINISTER)
    assignment = RoleAssignment.objects.select_for_update(of=("self",)).get(pk=assignment_id)
    _refuse_self(assignment.user_id, by)
    if assignment.ended_at is not None:
        raise AlreadyEnded
    assignment.ended_at = at
    assignment.save(update_fields=["ended_at"])


@transaction.atomic
def end_user(*, user_id: UUID, by: Actor, at: datetime) -> None:
    """End an account and every role of it. Open sessions stop at their next request.

    Raises Denied, User.DoesNotExist, SelfAdministration, AlreadyEnded.
    """
    require(by, Permission.ACCESS_ADMINISTER)
    user = _other_user(user_id, by)
    RoleAssignment.objects.of_user(user.pk).filter(ended_at__isnull=True).update(ended_at=at)
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])


@transaction.atomic
def note_own_password(user: User) -> None:
    """The person has chosen a password; the temporary one is gone."""
    if user.has_temporary_password:
        user.has_temporary_password = False
        user.save(update_fields=["has_temporary_password"])


def _other_user(user_id: UUID, by: Actor) -> User:
    _refuse_self(user_id, by)
    user = User.objects.select_for_update(of=("self",)).get(pk=user_id)
    if not user.is_active:
        raise AlreadyEnded
    return user


def _refuse_self(user_id: UUID, by: Actor) -> None:
    if by.user_id == user_id:
        raise SelfAdministration


def _set_checked_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise PasswordRefused(list(error.messages)) from error
    user.set_password(password)
