"""Programmes in the admin: what they consist of, and who has them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet

from core import clock
from training.enums import ActivityKind
from training.models import Program
from training.services.completing import reconsider_program


class ProgramIndexView(IndexView):
    def get_list_more_buttons(self, instance: Program) -> list[Button]:
        buttons = super().get_list_more_buttons(instance)
        if self.request.user.has_perm("training.add_programassignment"):
            audience, assign = (reverse(name, args=[instance.pk]) for name in ("program_audience", "program_assign"))
            buttons.append(Button(_("Whom it is for"), url=audience, icon_name="group", priority=4))
            buttons.append(Button(_("Assign"), url=assign, icon_name="user", priority=5))
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
    list_display = ["title", "days_to_complete", "fixed_due_on", "active_months"]
    search_fields = ["title"]
    panels = [
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("description"),
        FieldPanel("is_ordered"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("active_months"), FieldPanel("window_days"), FieldPanel("grace_days")]),
                FieldRowPanel(
                    [FieldPanel("expiry_basis"), FieldPanel("fixed_expiry_on"), FieldPanel("minimum_months")]
                ),
            ],
            _("How long it holds, and when it is refreshed"),
        ),
        InlinePanel(
            "activities",
            heading=_("Activities, in order"),
            label=_("Activity"),
            help_text=_("Each is one of the four: a chapter to sign, a lesson, a role-play or a quiz."),
            panels=[
                FieldRowPanel([FieldPanel(kind.value) for kind in ActivityKind]),
                FieldPanel("section"),
                FieldRowPanel(
                    [
                        FieldPanel("in_first"),
                        FieldPanel("in_refresher"),
                        FieldPanel("is_optional"),
                        FieldPanel("is_active"),
                    ]
                ),
            ],
        ),
    ]
