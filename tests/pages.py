"""Asking for pages as somebody."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client

from people.models import User


def signed_in(user: User) -> Client:
    """A browser in which this person has signed in."""
    client = Client()
    client.force_login(user)
    return client


def text(response: Any) -> str:
    return response.content.decode()


def smooth(response: Any) -> str:
    """The page with its characters as people see them and each run of spaces as one."""
    return html.unescape(re.sub(r"\s+", " ", text(response)))
