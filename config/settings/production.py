"""A municipality's own installation: refuses to start half-configured (architecture.md 3a)."""

import os

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *

REQUIRED = (
    "HEMMAVID_SECRET_KEY",
    "HEMMAVID_FIELD_KEYS",
    "HEMMAVID_ALLOWED_HOSTS",
    "HEMMAVID_APP_DATABASE_URL",
)
missing = [name for name in REQUIRED if not os.environ.get(name)]
if missing:
    raise ImproperlyConfigured(f"Produktionsläget kräver {', '.join(missing)}.")

LOGGING["loggers"]["hemmavid"]["level"] = os.environ.get("HEMMAVID_LOG", "").upper() or "INFO"

MAY_HOLD_DEMO = False
DEMO_LOGIN = False
SECOND_FACTOR_REQUIRED = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = os.environ.get("HEMMAVID_TLS", "required") == "required"
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
