"""The portal as a WSGI application; `daftar serve` puts it behind the gate in one process."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daftar.config.settings")
application = get_wsgi_application()
