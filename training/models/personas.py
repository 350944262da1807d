"""The customers of the role-plays."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import TranslatableMixin

from training.domain.scenario.graph import Character
from training.enums import Face, PersonaKind


class Persona(TranslatableMixin, models.Model):
    """A customer that several scenarios may use. A published scenario keeps the persona as it was then."""

    name = models.CharField(_("name"), max_length=80)
    face = models.CharField(_("face"), max_length=30, choices=Face.choices)
    situation = models.CharField(
        _("situation"), max_length=250, help_text=_("One line: who this is, and what matters to them.")
    )
    kind = models.CharField(_("kind of customer"), max_length=20, choices=PersonaKind.choices)

    panels = [FieldPanel("name"), FieldPanel("situation"), FieldRowPanel([FieldPanel("face"), FieldPanel("kind")])]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("persona")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["name", "locale"], name="training_persona_name_unique")]

    def __str__(self) -> str:
        return self.name

    @property
    def character(self) -> Character:
        return Character(face=self.face, kind=self.kind, name=self.name, situation=self.situation)
