"""Secrets that must be readable again lie sealed."""

import pytest
from cryptography.fernet import Fernet, InvalidToken

from hemmavid.access.field_keys import open_sealed, seal

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def test_what_is_sealed_can_be_opened_and_not_read():
    stored = seal("hemlig", [NEW])
    assert "hemlig" not in stored
    assert open_sealed(stored, [NEW]) == "hemlig"


def test_a_new_key_in_front_still_opens_what_the_old_one_sealed():
    assert open_sealed(seal("hemlig", [OLD]), [NEW, OLD]) == "hemlig"


def test_another_key_opens_nothing():
    with pytest.raises(InvalidToken):
        open_sealed(seal("hemlig", [OLD]), [NEW])


def test_without_keys_it_is_only_marked_and_still_opens_when_keys_come():
    assert open_sealed(seal("hemlig", []), [NEW]) == "hemlig"


def test_what_was_never_sealed_is_refused():
    with pytest.raises(ValueError, match="not sealed"):
        open_sealed("hemlig", [NEW])
