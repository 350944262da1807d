"""Sign-in under our own addresses: only the pages of the sign-in package that we use."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from django.urls import path, re_path, register_converter

from core.permissions import public, signed_in
from people.views import company, second_factor
from people.views.invitations import invitation
from people.views.personal_data import my_data, my_data_file


class TokenConverter:
    regex = "[A-Za-z0-9_-]{20,64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(TokenConverter, "token")

urlpatterns = [
    path("accounts/login/", public(company.leading_there(account.login)), name="account_login"),
    path("accounts/company/", company.sign_in, name="company_sign_in"),
    path("accounts/company/callback/", company.come_back, name="company_callback"),
    path("accounts/logout/", public(account.logout), name="account_logout"),
    path("accounts/password/change/", signed_in(account.password_change), name="account_change_password"),
    path("accounts/password/reset/", public(account.password_reset), name="account_reset_password"),
    path("accounts/password/reset/done/", public(account.password_reset_done), name="account_reset_password_done"),
    re_path(  # the key holds hyphens itself, which `path` would give to the id
        r"^accounts/password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        public(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "accounts/password/reset/saved/",
        public(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("accounts/confirm/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("accounts/two-factor/", second_factor.overview, name="second_factor"),
    path("accounts/two-factor/set-up/", second_factor.set_up, name="second_factor_set_up"),
    path("accounts/two-factor/off/", second_factor.switch_off, name="second_factor_off"),
    path("accounts/two-factor/codes/", second_factor.recovery_codes, name="recovery_codes"),
    path("accounts/two-factor/codes/file/", second_factor.recovery_codes_file, name="recovery_codes_file"),
    path("accounts/two-factor/codes/new/", second_factor.new_recovery_codes, name="new_recovery_codes"),
    # The sign-in package asks for these two by name.
    path("accounts/two-factor/sign-in/", public(mfa.authenticate), name="mfa_authenticate"),
    path("accounts/two-factor/confirm/", signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("my/data/", my_data, name="my_data"),
    path("my/data/download/", my_data_file, name="my_data_file"),
    path("invitation/<token:token>/", invitation, name="invitation"),
]
