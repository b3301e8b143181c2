"""What granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault(
    "DJANGO_SETTINGS_MODULE", f"config.settings.{os.environ.get('HEMMAVID_SETTINGS', 'dev')}"
)
application = get_wsgi_application()

# What was loaded at the start lives as long as the process; no later collection needs to walk through it.
gc.collect()
gc.freeze()
