"""How the sign-in package behaves here."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from core.selectors import base_address, organisation


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        **dict.fromkeys(
            ("incorrect_password", "enter_current_password"),
            _("That isn’t your password. Check capitals and try again."),
        ),
    }

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

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Who has a password confirms with it; a code is for those who sign in with the company's account only."""
        return super().get_reauthentication_methods(user)[:1]


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of the second factor stand encrypted in the database: a copy of it alone makes no codes."""

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        return settings.SECOND_FACTOR != "off" and super().is_mfa_enabled(user, types)

    def get_totp_issuer(self) -> str:
        return organisation().name

    def encrypt(self, text: str) -> str:
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises InvalidToken where SECRET_KEY is another one than when it was encrypted, and no fallback."""
        return _seal().decrypt(encrypted_text.encode()).decode()


def _seal() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (salted_hmac("people.second_factor", "", secret=key, algorithm="sha256").digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def account_at_stake(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """Whose password is being guessed, for counting wrong ones: the sign-in package hands it on as "email", axes itself as "login"."""
    known = credentials or {}
    typed = known.get("email") or known.get("login") or request.POST.get("login", "")
    return str(typed).strip().lower()
