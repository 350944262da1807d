"""Development and `make demo`: runs with no environment set."""

import structlog

from .base import *  # noqa: F403
from .base import LOGGING, SECRET_KEY, env

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = SECRET_KEY or "only-for-development-and-the-demo-never-for-a-real-company"
ALLOWED_HOSTS = ["*"]
INTERNAL_IPS = ["127.0.0.1"]
# Without a web server before it: static files from where they are written, uploads by Django.
WHITENOISE_USE_FINDERS = SERVE_MEDIA = True

LOGGING["formatters"]["structured"]["processors"][-1] = structlog.dev.ConsoleRenderer(colors=False)
