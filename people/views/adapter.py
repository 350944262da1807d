"""How the sign-in package behaves here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from core.selectors import base_address


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by an administrator."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Who has left gets the answer of a wrong password, not a page of their own."""
        user = super().authenticate(request, **credentials)
        return user if user and user.is_active else None

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Links in mail use the configured address, never the Host header."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"}).replace(
            "UID-KEY", key
        )
        return base_address() + path


def account_at_stake(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """Whose password is being guessed, for counting wrong ones: the sign-in package hands it on as "email", axes itself as "login"."""
    known = credentials or {}
    typed = known.get("email") or known.get("login") or request.POST.get("login", "")
    return str(typed).strip().lower()
