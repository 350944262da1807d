"""Who may call a view. Every view wears one of these; `core.checks` refuses to start with one that doesn't."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required, login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """Anybody, signed in or not."""
    return _declare(login_not_required(view), "public")


def signed_in(view: View) -> View:
    """Every active account; others are sent to sign in and come back."""
    return _declare(login_required(view), "signed_in")


def allowed(test: Callable[[Any], bool], name: str) -> Callable[[View], View]:
    """Accounts for which `test(request)` holds; other accounts get 403, visitors are sent to sign in."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not test(request):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return _declare(login_required(guarded), name)

    return decorate


def has_permission(permission: str) -> Callable[[View], View]:
    """Accounts that hold a Django permission, such as "training.assign_program"."""
    return allowed(lambda request: request.user.has_perm(permission), permission)


def admin_area(view: View) -> View:
    """For all of Wagtail's admin: an account that may not open it gets 403. Wagtail itself would send it to sign in, in a circle."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def admin_only(view: View) -> View:
    """A view of ours within the admin that everybody in there may open."""
    return _declare(admin_area(view), "admin")


def _declare(view: View, name: str) -> View:
    view.access = name  # type: ignore[attr-defined]
    return view
