"""The tests' settings, with addresses for the two reference views."""

from config.settings.test import *  # noqa: F403
from config.settings.test import ALLOWED_HOSTS, TEMPLATES

ROOT_URLCONF = "benchmarks.references"
ALLOWED_HOSTS = [*ALLOWED_HOSTS]
TEMPLATES[0]["DIRS"] = ["benchmarks/templates", *TEMPLATES[0]["DIRS"]]
