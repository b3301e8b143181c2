"""How people log in: password and a second factor, a passkey, or the municipality's own identity provider."""

import os
from typing import Any
from urllib.parse import urlsplit

LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

SESSION_HOURS = 10
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
# What is said after a press can tell of a person's help: it waits in the session, in no browser's cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Production requires a second factor beside the password, unless an identity provider answers for it.
SECOND_FACTOR_REQUIRED = False
# Keys for secrets that must be readable again, such as those of authenticator apps; the first one seals.
FIELD_KEYS = [key for key in os.environ.get("HEMMAVID_FIELD_KEYS", "").split(",") if key]

ACCOUNT_ADAPTER = "hemmavid.interfaces.office.login.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "reauthenticate": "10/m/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("HEMMAVID_TRUSTED_PROXIES") or 0)

MFA_ADAPTER = "hemmavid.interfaces.office.login.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Hemmavid"

SOCIALACCOUNT_ADAPTER = "hemmavid.interfaces.office.login.adapters.IdentityProviderAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False

OIDC_SERVER = os.environ.get("HEMMAVID_OIDC_SERVER", "")
OIDC_USERNAME_CLAIM = os.environ.get("HEMMAVID_OIDC_USERNAME_CLAIM") or "preferred_username"
_OIDC_APP: dict[str, Any] = {
    "provider_id": "kommunen",
    "name": os.environ.get("HEMMAVID_OIDC_NAME") or "kommunens inloggning",
    "client_id": os.environ.get("HEMMAVID_OIDC_CLIENT_ID", ""),
    "secret": os.environ.get("HEMMAVID_OIDC_CLIENT_SECRET", ""),
    "settings": {"server_url": OIDC_SERVER},
}
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {"APPS": [_OIDC_APP] if OIDC_SERVER else [], "OAUTH_PKCE_ENABLED": True}
}
# A form that is answered by a redirect to the identity provider must be allowed to end there.
OIDC_ORIGINS = [f"{urlsplit(OIDC_SERVER).scheme}://{urlsplit(OIDC_SERVER).netloc}"] if OIDC_SERVER else []
