"""Branches, teams (a tree), job roles, who belongs where and who supervises whom, each with its dates."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from core.models.settings import validate_time_zone
from people.querysets import DatedQuerySet, TeamQuerySet


class Branch(models.Model):
    name = models.CharField(_("name"), max_length=120, unique=True)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Asia/Kuala_Lumpur", validators=[validate_time_zone]
    )

    class Meta:
        verbose_name = _("branch")
        verbose_name_plural = _("branches")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class JobRole(models.Model):
    name = models.CharField(_("name"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("job role")
        verbose_name_plural = _("job roles")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Team(ClusterableModel):
    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey(
        "self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    branch = models.ForeignKey(Branch, verbose_name=_("branch"), on_delete=models.PROTECT, related_name="teams")

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["branch__name", "name"]
        constraints = [models.UniqueConstraint(fields=["branch", "name"], name="people_team_branch_name_unique")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        above, seen = self.parent, {self.pk}
        while above is not None:
            if above.pk in seen:
                raise ValidationError({"parent": _("A team can't be part of itself.")})
            seen.add(above.pk)
            above = above.parent


class Dated(models.Model):
    """Something that holds from `starts_on` up to and including `ends_on` (open if empty)."""

    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def clean(self) -> None:
        if self.ends_on and self.starts_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("This is before the first day.")})


class Membership(Dated):
    team = ParentalKey(Team, verbose_name=_("team"), on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(
        "people.User", verbose_name=_("person"), on_delete=models.PROTECT, related_name="memberships"
    )
    job_role = models.ForeignKey(
        JobRole, verbose_name=_("job role"), on_delete=models.PROTECT, related_name="memberships"
    )

    class Meta:
        verbose_name = _("membership")
        ordering = ["user__name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="people_membership_dates"
            ),
            models.UniqueConstraint(fields=["team", "user", "starts_on"], name="people_membership_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.team}"


class TeamSupervision(Dated):
    team = ParentalKey(Team, verbose_name=_("team"), on_delete=models.PROTECT, related_name="supervisions")
    user = models.ForeignKey(
        "people.User", verbose_name=_("supervisor"), on_delete=models.PROTECT, related_name="supervisions"
    )

    class Meta:
        verbose_name = _("supervision")
        ordering = ["user__name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="people_supervision_dates"
            ),
            models.UniqueConstraint(fields=["team", "user", "starts_on"], name="people_supervision_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.team}"


class LeaveOfAbsence(Dated):
    """Somebody is away for long: what they have to do waits. Why is nobody's business here."""

    user = models.ForeignKey("people.User", verbose_name=_("person"), on_delete=models.PROTECT, related_name="leaves")
    recorded_by = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("leave of absence")
        verbose_name_plural = _("leaves of absence")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="people_leave_dates"
            ),
            models.UniqueConstraint(fields=["user", "starts_on"], name="people_leave_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.starts_on}"
