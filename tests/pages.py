"""Asking for pages as somebody."""

from __future__ import annotations

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
