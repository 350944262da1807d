"""As in production, over plain HTTP on this machine."""

from config.settings.base import *  # noqa: F403
from config.settings.base import JOB_BACKENDS, LOGGING, TASKS

SECRET_KEY = "only-for-kill-cycles"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1"]
WHITENOISE_USE_FINDERS = True
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
JOBS = "database"
TASKS = {**TASKS, "jobs": {"BACKEND": JOB_BACKENDS[JOBS]}}
LOGGING["loggers"]["django_tasks"] = {"level": "ERROR"}
