"""What granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault(
    "DJANGO_SETTINGS_MODULE", f"config.settings.{os.environ.get('HEMMAVID_SETTINGS', 'dev')}"
)
application = get_wsgi_application()
