"""Whom a programme is for: rows, each a description that people must meet in full; one of them is enough."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Branch, JobRole, Team
from training.models.programs import Program


class AudienceRule(models.Model):
    """People who meet everything that is filled in here. Sub-teams belong to their team."""

    program = models.ForeignKey(
        Program, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="audience_rules"
    )
    is_everybody = models.BooleanField(_("everybody"), default=False)
    job_role = models.ForeignKey(
        JobRole, verbose_name=_("job role"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    team = models.ForeignKey(
        Team, verbose_name=_("team"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    branch = models.ForeignKey(
        Branch, verbose_name=_("branch"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    employed_from = models.DateField(_("first day of work from"), null=True, blank=True)
    employed_until = models.DateField(_("first day of work until"), null=True, blank=True)

    class Meta:
        verbose_name = _("audience rule")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.program}: {self.pk}"

    def clean(self) -> None:
        """Raises ValidationError for a rule that describes nobody, or that says two things at once."""
        if self.employed_from and self.employed_until and self.employed_until < self.employed_from:
            raise ValidationError({"employed_until": _("This is before the day from which it counts.")})
        if self.team and self.branch and self.team.branch_id != self.branch_id:
            raise ValidationError({"branch": _("%(team)s is not in this branch.") % {"team": self.team}})
        if self.is_everybody == self.has_description:
            raise ValidationError(
                {"is_everybody": _("Say whom it is for: tick “everybody”, or fill in at least one of the others.")}
                if not self.is_everybody
                else {"is_everybody": _("“Everybody” needs nothing else: untick it, or empty the others.")}
            )

    @property
    def has_description(self) -> bool:
        return any((self.job_role_id, self.team_id, self.branch_id, self.employed_from, self.employed_until))
