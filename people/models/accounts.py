"""Accounts: an e-mail address, a name as the person writes it, and an invitation to choose a password."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from people.domain.texts import clean_text
from people.querysets import InvitationQuerySet, UserQuerySet


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


def content_languages() -> list[tuple[str, Any]]:
    return list(settings.WAGTAIL_CONTENT_LANGUAGES)


class User(PermissionsMixin, AbstractBaseUser):
    """One person. `public_id` is what addresses show; `name` is one field because names don't split the same way everywhere."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(
        _("e-mail"), unique=True, error_messages={"unique": _("Somebody has this e-mail already.")}
    )
    name = models.CharField(_("name"), max_length=300, help_text=_("In full, as it should stand on certificates."))
    short_name = models.CharField(
        _("called"), max_length=60, blank=True, help_text=_("What colleagues say, for greetings.")
    )
    language = models.CharField(
        _("language"),
        max_length=20,
        blank=True,
        choices=content_languages,
        help_text=_("What they read first, where it is translated. Left empty: the language of their browser."),
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Switch it off when somebody leaves: they are signed out at once.")
    )
    extra_time = models.PositiveSmallIntegerField(
        _("extra time, in per cent"),
        default=0,
        validators=[MaxValueValidator(200)],
        help_text=_(
            "Where something has a time limit, theirs is so much longer: 50 makes 45 minutes of 30. Nobody else sees it."
        ),
    )

    employee_number = models.CharField(
        _("employee number"),
        max_length=40,
        blank=True,
        help_text=_("By which the company knows them. Imports go by it."),
    )
    employed_on = models.DateField(_("first day of work"), null=True, blank=True)
    left_on = models.DateField(_("last day of work"), null=True, blank=True)
    sessions_ended = models.PositiveIntegerField(default=0, editable=False)
    """How often everything that this person was signed in to has been ended. Each session is sealed with the count of its day."""

    objects = UserManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]
        permissions = [("view_all_people", _("See everybody and their records"))]
        indexes = [models.Index(fields=["name", "id"], name="people_user_by_name")]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="people_user_email_lower_unique"),
            models.UniqueConstraint(
                fields=["employee_number"],
                condition=~Q(employee_number=""),
                name="people_user_employee_number_unique",
                violation_error_message=_("Somebody has this employee number already."),
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(employed_on__isnull=True) | Q(left_on__gte=F("employed_on")),
                name="people_user_employment_dates",
                violation_error_message=_("The last day of work is before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        self.email = self.email.strip().lower()
        self.name, self.short_name = clean_text(self.name), clean_text(self.short_name)

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Who is switched off is signed out for good: switched on again, no old session comes back to life."""
        if not self.is_active and self.pk and (update_fields is None or "is_active" in update_fields):
            self.sessions_ended += 1
            update_fields = None if update_fields is None else {*update_fields, "sessions_ended"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_session_auth_hash(self) -> str:
        """What a session must know to be this person's: a new password ends it, and so does a higher count."""
        return self._counted(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        yield from map(self._counted, super().get_session_auth_fallback_hash())

    def _counted(self, seal: str) -> str:
        return f"{seal}-{self.sessions_ended}" if self.sessions_ended else seal

    @property
    def is_staff(self) -> bool:
        """Asked by third-party packages; here the admin is for those who may open it."""
        return self.is_superuser or self.has_perm("wagtailadmin.access_admin")

    # Wagtail's sidebar and account pages ask for these two.
    @property
    def first_name(self) -> str:
        return self.get_short_name()

    @property
    def last_name(self) -> str:
        return ""

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.short_name or self.name.split(" ")[0]

    @property
    def initials(self) -> str:
        words = [word for word in self.name.split() if word[0].isalpha()]
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


class Invitation(models.Model):
    """A link by which a new person chooses a password. Only the token's SHA-256 is kept.

    One that goes by mail is requested first; its token is made, and made anew, each time that sending it is tried.
    """

    user = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="invitations")
    token_sha256 = models.CharField(max_length=64, unique=True, null=True)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    requested_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(requested_at__isnull=False, sent_at=None, accepted_at=None),
                name="people_invitation_one_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.created_at:%Y-%m-%d})"
