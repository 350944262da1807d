"""Who may open what in this app."""

from __future__ import annotations

from functools import wraps
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import urlencode

from core.permissions import View, has_permission

may_invite = has_permission("people.add_invitation")
may_import = has_permission("people.add_user")
may_change_people = has_permission("people.change_user")
may_take_data_out = has_permission("people.view_all_people")


def second_factor_first(view: View) -> View:
    """For all of Wagtail's admin: where the second factor is required there, who has none is led to set it up."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if _must_set_up(request):
            response = redirect("second_factor_set_up")
            response["Location"] += f"?{urlencode({'next': request.get_full_path()})}"
            return response
        return view(request, *args, **kwargs)

    return guarded


def _must_set_up(request: HttpRequest) -> bool:
    return (
        settings.SECOND_FACTOR == "required-for-admin"
        and request.user.is_authenticated
        and request.user.has_perm("wagtailadmin.access_admin")
        and not is_mfa_enabled(request.user)
    )
