"""Settings every installation shares. What differs stands in dev, test and production."""

import os
from pathlib import Path

from config.settings.logging import *
from config.settings.login import *
from hemmavid.database.connection import databases_from

BASE_DIR = Path(__file__).resolve().parent.parent.parent

SECRET_KEY = os.environ.get("HEMMAVID_SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS = [host for host in os.environ.get("HEMMAVID_ALLOWED_HOSTS", "").split(",") if host]

DEMO_LOGIN = False
MAY_HOLD_DEMO = True
PARAMETERS_FOLDER = os.environ.get("HEMMAVID_PARAMETERS") or None

INSTALLED_APPS = [
    "hemmavid.interfaces.office",  # first, so that its templates stand before those of the login library
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "django_htmx",
    "template_partials",
    "csp",
    "hemmavid.organisations",
    "hemmavid.access",
    "hemmavid.audit",
    "hemmavid.people",
    "hemmavid.contacts",
    "hemmavid.messages",
    "hemmavid.journals",
    "hemmavid.cases",
    "hemmavid.orders",
    "hemmavid.care_plans",
    "hemmavid.staffing",
    "hemmavid.visits",
    "hemmavid.reports",
    "hemmavid.interfaces.jobs",
]

MIDDLEWARE = [
    "hemmavid.interfaces.office.health.HealthMiddleware",
    "hemmavid.interfaces.office.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hemmavid.interfaces.office.middleware.ActorMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hemmavid.interfaces.office.context.office",
            ],
        },
    }
]

DATABASES = databases_from(os.environ, BASE_DIR)

AUTH_USER_MODEL = "access.User"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska")]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("HEMMAVID_VAR", BASE_DIR / "var")) / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static.HashedStaticFiles"},
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "hemmavid_cache",
    }
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'", *OIDC_ORIGINS],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

# History rows keep the version that was replaced; one statement trigger a table keeps bulk writes cheap.
PGHISTORY_APPEND_ONLY = True
PGTRIGGER_MIGRATIONS = True

PROCRASTINATE_ON_APP_READY = None
