"""What a session may do and for how long."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from hemmavid.access.models import User

SIGNED_IN_AT = "signed_in_at"
# What allauth notes in the session about how the person proved who it is.
_PROOFS = "account_authentication_methods"
_STRONG = frozenset({"mfa", "socialaccount"})


def begin(session: SessionBase, *, at: datetime) -> None:
    """Remember when the person logged in; the session ends a working day later whatever is done in it."""
    session[SIGNED_IN_AT] = at.isoformat()


def is_over(session: SessionBase, *, at: datetime) -> bool:
    """Whether the session has lasted its hours, or was never begun by us."""
    began = session.get(SIGNED_IN_AT)
    if began is None:
        return True
    return at - datetime.fromisoformat(began) >= timedelta(hours=settings.SESSION_HOURS)


def lacks_second_factor(request: HttpRequest, user: User) -> bool:
    """Whether the person came in on a password alone where that is not enough.

    An identity provider answers for its own second factor. Who has added a factor since logging in needs
    not log in again. Demo people exist only where real ones do not.
    """
    if not settings.SECOND_FACTOR_REQUIRED or user.is_demo:
        return False
    proofs = request.session.get(_PROOFS) or []
    if any(proof.get("method") in _STRONG for proof in proofs):
        return False
    return not is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
