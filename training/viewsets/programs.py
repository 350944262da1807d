"""Programmes in the admin: what they consist of, and who has them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet

from core import clock
from training.models import Program
from training.services.completing import reconsider_program


class ProgramIndexView(IndexView):
    def get_list_more_buttons(self, instance: Program) -> list[Button]:
        buttons = super().get_list_more_buttons(instance)
        if self.request.user.has_perm("training.add_programassignment"):
            buttons.append(
                Button(_("Assign"), url=reverse("program_assign", args=[instance.pk]), icon_name="user", priority=5)
            )
        return buttons


class ProgramEditView(EditView):
    def save_instance(self) -> Any:
        instance = super().save_instance()
        reconsider_program(program=instance, now=clock.now())
        return instance


class ProgramViewSet(SnippetViewSet):
    model = Program
    icon = "list-ol"
    menu_label = _("Programmes")
    menu_name = "programmes"
    menu_order = 240
    add_to_admin_menu = True
    inspect_view_enabled = True
    index_view_class = ProgramIndexView
    edit_view_class = ProgramEditView
    list_display = ["title", "days_to_complete", "active_months"]
    search_fields = ["title"]
    panels = [
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("days_to_complete"), FieldPanel("active_months"), FieldPanel("is_ordered")]),
        InlinePanel(
            "activities",
            heading=_("Activities, in order"),
            label=_("Activity"),
            help_text=_("Each is one of the three: a chapter to sign, a role-play or a quiz."),
            panels=[
                FieldRowPanel(
                    [FieldPanel("chapter"), FieldPanel("scenario"), FieldPanel("quiz"), FieldPanel("is_active")]
                )
            ],
        ),
    ]
