"""ASGI entry point; refuses to serve demo accounts in production."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_asgi_application()

from home.services.demo import refuse_demo_accounts_in_production  # noqa: E402  (needs the app registry)

refuse_demo_accounts_in_production()
