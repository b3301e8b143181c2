"""Writes about staff and their devices."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.staffing.models import DeviceToken, Staff

TOKEN_BYTES = 32
LONGEST_DEVICE_NAME = 200


class UnknownStaff(Exception):
    """No staff member has the code, or none that the actor may see."""


class DeviceNameRefused(Exception):
    """The device has no name, or one too long to store."""


@transaction.atomic
def issue_token(*, staff_code: str, device: str, by: Actor, at: datetime) -> str:
    """Make a bearer token for one device of one staff member and return it, once (contract.md section 6).

    Only its SHA-256 is stored: the token holds 256 random bits, so a slow hash would add nothing.
    Raises Denied, UnknownStaff, DeviceNameRefused.
    """
    require(by, Permission.ACCESS_ADMINISTER)
    name = device.strip()
    if not name or len(name) > LONGEST_DEVICE_NAME:
        raise DeviceNameRefused
    try:
        staff = Staff.objects.visible_to(by).get(code=staff_code)
    except Staff.DoesNotExist as error:
        raise UnknownStaff from error
    token = secrets.token_urlsafe(TOKEN_BYTES)
    DeviceToken.objects.create(token_hash=hash_of(token), staff=staff, device=name, issued_at=at)
    return token


def hash_of(token: str) -> str:
    """What is stored of a token, and what is looked up when one is shown."""
    return hashlib.sha256(token.encode()).hexdigest()
