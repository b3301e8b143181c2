"""A device's key is shown once; only its fingerprint is kept (contract.md section 6)."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from hemmavid.access.actors import SYSTEM, Denied
from hemmavid.access.roles import Role
from hemmavid.staffing import operations
from hemmavid.staffing.models import DeviceToken
from tests.access.neighbours import actor_of
from tests.factories import StaffFactory

pytestmark = pytest.mark.usefixtures("as_system")
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def issue(code: str, device: str = "Mobil 4", by=SYSTEM) -> str:
    return operations.issue_token(staff_code=code, device=device, by=by, at=AT)


def test_only_the_fingerprint_is_stored():
    staff = StaffFactory()
    token = issue(staff.code)
    stored = DeviceToken.objects.get()
    assert (stored.staff, stored.device, stored.issued_at, stored.ended_at) == (staff, "Mobil 4", AT, None)
    assert stored.token_hash == operations.hash_of(token)
    assert token not in stored.token_hash
    assert str(stored) == "Mobil 4"


def test_every_key_is_its_own_and_hard_to_guess():
    staff = StaffFactory()
    keys = {issue(staff.code) for _ in range(20)}
    assert len(keys) == 20
    assert min(map(len, keys)) >= 43


def test_unknown_staff_get_none():
    with pytest.raises(operations.UnknownStaff):
        issue("finns-inte")


@pytest.mark.parametrize("device", ["", "   ", "x" * 201])
def test_a_device_has_a_name(device):
    with pytest.raises(operations.DeviceNameRefused):
        issue(StaffFactory().code, device)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM_ADMINISTRATOR])
def test_others_may_not(role):
    with pytest.raises(Denied):
        issue(StaffFactory().code, by=actor_of(role, uuid4()))
