"""Programmes in the admin: what they consist of, and who has them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, InspectView, SnippetViewSet

from core import clock
from people.middleware import SignedInRequest
from people.models import User
from training.enums import ActivityKind
from training.models import Program
from training.services.completing import reconsider_program


def who_has_it(user: User, program: Program) -> list[tuple[Any, str, str]]:
    """(label, address, icon) of where this person says whom the programme is for; none for who may not."""
    if not user.has_perm("training.add_programassignment"):
        return []
    audience, assign = (reverse(name, args=[program.pk]) for name in ("program_audience", "program_assign"))
    return [(_("Whom it is for"), audience, "group"), (_("Assign"), assign, "user")]


class ProgramIndexView(IndexView):
    def get_list_more_buttons(self, instance: Program) -> list[Button]:
        buttons = super().get_list_more_buttons(instance)
        for priority, (label, url, icon) in enumerate(who_has_it(self.request.user, instance), start=4):
            buttons.append(Button(label, url=url, icon_name=icon, priority=priority))
        return buttons


class OffersWhoHasIt:
    """A page of one programme in the admin, with buttons at its head."""

    request: SignedInRequest
    object: Program

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [
            HeaderButton(label, url=url, icon_name=icon, priority=priority)
            for priority, (label, url, icon) in enumerate(who_has_it(self.request.user, self.object))
        ]


class ProgramCreateView(CreateView):
    """Leads on: a programme that is for nobody is of no use."""

    def get_success_message(self, instance: Program) -> str:
        said = _("“%(title)s” is there. Nobody has it yet: next, say whom it is for.")
        if not who_has_it(self.request.user, instance):
            said = _("“%(title)s” is there. Nobody has it yet: an administrator says whom it is for.")
        return said % {"title": instance.title}

    def get_success_buttons(self) -> list[Any]:
        links = who_has_it(self.request.user, self.object)
        return [messages.button(url, label) for label, url, _icon in links] or super().get_success_buttons()


class ProgramEditView(OffersWhoHasIt, EditView):
    def save_instance(self) -> Any:
        instance = super().save_instance()
        reconsider_program(program=instance, now=clock.now())
        return instance


class ProgramInspectView(OffersWhoHasIt, InspectView):
    """What administrators see of a programme, whose content is the editors'."""


class ProgramViewSet(SnippetViewSet):
    model = Program
    icon = "list-ol"
    menu_label = _("Programmes")
    menu_name = "programmes"
    menu_order = 240
    add_to_admin_menu = True
    inspect_view_enabled = True
    index_view_class = ProgramIndexView
    add_view_class = ProgramCreateView
    edit_view_class = ProgramEditView
    inspect_view_class = ProgramInspectView
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
