"""The pages as an ASGI application, for uvicorn."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

from openclets.web.body_limit import BodyLimit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openclets.config.settings")

application = BodyLimit(get_asgi_application())
