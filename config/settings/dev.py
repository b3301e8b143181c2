"""One person's machine: embedded database, demo allowed, no TLS."""

import os

from config.settings.base import *

SECRET_KEY = SECRET_KEY or "only-for-a-machine-of-ones-own-never-for-real-people"
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "127.0.0.1", "localhost", "[::1]"]
DEMO_LOGIN = os.environ.get("HEMMAVID_DEMO_LOGIN") == "1"
