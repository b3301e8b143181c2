"""Sealing of secrets that must be readable again, such as the key of an authenticator app."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, MultiFernet

PLAIN, SEALED = "plain:", "sealed:"


def seal(text: str, keys: Sequence[str]) -> str:
    """`text` encrypted by the first key. Without keys, as on a developer's machine, it is only marked."""
    if not keys:
        return f"{PLAIN}{text}"
    return f"{SEALED}{_box(keys).encrypt(text.encode()).decode()}"


def open_sealed(stored: str, keys: Sequence[str]) -> str:
    """What `seal` was given, opened by whichever key sealed it.

    Raises cryptography.fernet.InvalidToken when no key fits, ValueError when it was never sealed.
    """
    if stored.startswith(PLAIN):
        return stored.removeprefix(PLAIN)
    if not stored.startswith(SEALED):
        raise ValueError("not sealed by us")
    return _box(keys).decrypt(stored.removeprefix(SEALED).encode()).decode()


def _box(keys: Sequence[str]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
