"""Where the login library asks us: nobody signs up by himself, and an identity provider gives no rights."""

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect

from hemmavid.access import operations
from hemmavid.access.field_keys import open_sealed, seal
from hemmavid.access.models import User
from hemmavid.interfaces.office.login import sessions
from hemmavid.lib import clock

_log = structlog.stdlib.get_logger("hemmavid.login")
UNKNOWN_TO_US = "Inloggningen lyckades, men du har inget konto i Hemmavid. Be din chef att ansöka om ett."


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the system administrator, or by `hemmavid user add` for the first one."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "Användarnamnet eller lösenordet stämmer inte. Försök igen.",
        "incorrect_password": "Lösenordet stämmer inte. Försök igen.",
        "too_many_login_attempts": "Det har blivit fel för många gånger. Vänta en stund och försök igen.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        del request
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Log in and start counting the hours."""
        super().login(request, user)
        sessions.begin(request.session, at=clock.now())
        _log.info("logged_in", user=str(user.pk))

    def set_password(self, user: User, password: str) -> None:
        """Store a password the person has chosen, in place of a temporary one."""
        super().set_password(user, password)
        operations.note_own_password(user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """On to work."""
        del request
        return str(settings.LOGIN_REDIRECT_URL)

    def authentication_failed(self, request: HttpRequest, **credentials: object) -> None:
        """Leave a trace without the user name: people type passwords there."""
        super().authentication_failed(request, **credentials)
        _log.warning("login_failed")


class IdentityProviderAdapter(DefaultSocialAccountAdapter):
    """The municipality's identity provider says who somebody is; what that person may do is ours to say."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: an account must exist."""
        del request, sociallogin
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Tie the identity to the account of that user name the first time; turn strangers away."""
        if sociallogin.is_existing:
            return
        user = _user_claimed_by(sociallogin)
        if user is None:
            _log.warning("identity_without_account")
            messages.error(request, UNKNOWN_TO_US)
            raise ImmediateHttpResponse(redirect("account_login"))
        sociallogin.connect(request, user)


def _user_claimed_by(sociallogin: SocialLogin) -> User | None:
    claims = sociallogin.account.extra_data
    merged = {**claims, **(claims.get("id_token") or {}), **(claims.get("userinfo") or {})}
    username = merged.get(settings.OIDC_USERNAME_CLAIM)
    if not isinstance(username, str) or not username:
        return None
    return User.objects.filter(username__iexact=username, is_active=True, is_demo=False).first()


class SecondFactorAdapter(DefaultMFAAdapter):
    """Authenticator apps, passkeys and recovery codes; their secrets lie sealed in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Koden stämmer inte. Skriv den som visas i appen just nu."
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored."""
        return seal(text, settings.FIELD_KEYS)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a stored secret."""
        return open_sealed(encrypted_text, settings.FIELD_KEYS)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last second factor stays where one is required; add another first."""
        if not settings.SECOND_FACTOR_REQUIRED:
            return True
        factors = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=factors)
        is_backup = authenticator.type == Authenticator.Type.RECOVERY_CODES
        return bool(is_backup or others.exclude(pk=authenticator.pk).exists())
