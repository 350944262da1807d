"""Choosing a password, typing a code, and the account form of the admin."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.contrib.auth.forms import SetPasswordMixin
from django.contrib.auth.signals import user_login_failed
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from people.enums import ErasureReason
from people.models import User
from people.readers import LARGEST_FILE
from people.selectors.personal_data import erasure_of
from people.services import WrongCode, use_code

EMPLOYMENT = ("employee_number", "employed_on", "left_on")


class ChoosePasswordForm(SetPasswordMixin, forms.Form):
    """Two fields that must agree and satisfy the password rules."""

    password1, password2 = SetPasswordMixin.create_password_fields(label1=_("Password"), label2=_("The same again"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        self.validate_passwords()
        self.validate_password_for_user(self.user)
        return super().clean() or self.cleaned_data


class CodeField(forms.CharField):
    """Six digits from the app, or a recovery code."""

    default_error_messages = {
        "required": _("Type the code that your app shows."),
        "wrong": _("This code isn’t the one of this moment. Wait for the next one in your app, and type that."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Code"), max_length=40, **kwargs)


class SetUpCodeForm(forms.Form):
    """The first code of an app, which shows that it has the secret."""

    code = CodeField()


class _UsedCode(forms.Form):
    """A code that is used up by being right. Wrong ones count towards the same lock as wrong passwords."""

    code = CodeField()
    user: User

    def clean_code(self) -> str:
        request, typed = context.request, str(self.cleaned_data["code"])
        at_stake = {"email": self.user.email}
        request.axes_locked_out = not AxesProxyHandler.is_allowed(request, at_stake)
        if not request.axes_locked_out:
            try:
                self.authenticator = use_code(person=self.user, code=typed, now=request.now)
            except WrongCode:
                user_login_failed.send(sender=__name__, credentials=at_stake, request=request)
            else:
                return typed
        raise forms.ValidationError(CodeField.default_error_messages["wrong"])


class SignInCodeForm(_UsedCode, AuthenticateForm):
    """After the password: the second step of signing in."""


class ConfirmCodeForm(_UsedCode, ReauthenticateForm):
    """In place of the password, for who has none, before something that matters."""


class ConfirmPasswordForm(account.ReauthenticateForm):
    """The password again, before something that matters."""

    password = forms.CharField(label=_("Password"), strip=False)


class SwitchOffForm(_UsedCode):
    """The last code before a password is enough again."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user


class PeopleFileForm(forms.Form):
    """A table of employees."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("An Excel workbook (.xlsx) or CSV, up to 10 MB. Nothing comes in before you have seen what would."),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty. Choose another.")},
    )

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("This file is larger than 10 MB. Split it and bring in the parts."))
        content: bytes = file.read()
        return content


class ErasePersonForm(forms.Form):
    """Why, and the person's address typed once more: nobody is erased by a slip."""

    reason = forms.ChoiceField(label=_("Why"), choices=[("", "---------"), *ErasureReason.choices])
    confirmation = forms.CharField(label=_("Their e-mail address, typed to confirm"), max_length=254)

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["confirmation"].widget.attrs["autocomplete"] = "off"

    def clean_confirmation(self) -> str:
        typed: str = self.cleaned_data["confirmation"]
        if typed.strip().lower() != self.person.email.lower():
            raise forms.ValidationError(_("This is not the address that stands above. Nobody was erased."))
        return typed


class _WithoutUnusedFields:
    """Wagtail's account forms, less what we don't have: first and last name, the superuser switch, passwords."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name", "is_superuser"):
            self.fields.pop(name, None)
        self.fields["email"].label = _("E-mail")
        self.fields["extra_time"].required = False

    def clean_extra_time(self) -> int:
        """None is what most people have."""
        return self.cleaned_data["extra_time"] or 0


class PersonCreationForm(_WithoutUnusedFields, UserCreationForm):
    first_name = last_name = is_superuser = None

    class Meta(UserCreationForm.Meta):
        fields = ["email", "name", "short_name", "language", *EMPLOYMENT, "extra_time", "groups"]

    def _post_clean(self) -> None:
        super()._post_clean()
        self.instance.set_unusable_password()  # until its person chooses one, from the invitation


class PersonEditForm(_WithoutUnusedFields, UserEditForm):
    first_name = last_name = is_superuser = None

    class Meta(UserEditForm.Meta):
        fields = ["email", "name", "short_name", "language", *EMPLOYMENT, "extra_time", "is_active", "groups"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        editing_self = kwargs.get("editing_self", False)
        kwargs["editing_self"] = False
        super().__init__(*args, **kwargs)
        if editing_self:
            del self.fields["is_active"]

    def clean(self) -> dict[str, Any]:
        if erasure_of(self.instance):
            raise forms.ValidationError(_("This person was erased: nothing about them can be changed any more."))
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("is_active") and "is_active" in self.changed_data and self._still_leaves():
            self.add_error("left_on", _("Clear this day, or change it, to switch the account on."))
        return cleaned

    def _still_leaves(self) -> bool:
        return self.cleaned_data.get("left_on") is not None and "left_on" not in self.changed_data
