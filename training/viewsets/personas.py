"""The customers, as snippets."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from training.models import Persona


class PersonaViewSet(SnippetViewSet):
    model = Persona
    icon = "user"
    menu_label = _("Personas")
    list_display = ["name", "kind", "situation"]
    list_filter = ["kind"]
    search_fields = ["name", "situation"]
    inspect_view_enabled = True
