"""Tests: quick passwords, mail in memory, no throttling but where a test asks for it."""

import tempfile

from .base import *  # noqa: F403
from .base import STORAGES, TASKS

SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
BASE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = tempfile.mkdtemp(prefix="piawai-media-")
PRIVATE_MEDIA_ROOT = f"{MEDIA_ROOT}/private"
STORAGES = {**STORAGES, "private": {**STORAGES["private"], "OPTIONS": {"location": PRIVATE_MEDIA_ROOT}}}
AXES_ENABLED = False
ACCOUNT_RATE_LIMITS = False
# Search and reference indexes are rebuilt at each save: two fifths of a test's time. A test about them asks for them (`indexing`).
TASKS = {**TASKS, "default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
