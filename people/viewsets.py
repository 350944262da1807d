"""People in the admin: persons, teams with their members and supervisors, job roles, branches."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.users.views.users import CreateView, EditView, IndexView, UserViewSet

from people.forms import PersonCreationForm, PersonEditForm
from people.models import Branch, JobRole, Team, User
from people.selectors import members_of_team_unscoped
from people.services import settle_employment, tell_placement_changed

PLACING = frozenset({"is_active", "employed_on", "left_on"})
"""Fields of a person by which others are for them, or no longer."""


class PersonIndexView(IndexView):
    page_title = _("People")
    add_item_label = _("Add a person")

    @property
    def columns(self) -> list[Column]:
        return [
            self._get_title_column_class(TitleColumn)(
                "name", label=_("Name"), sort_key="name", get_url=self.get_edit_url
            ),
            Column("email", label=_("E-mail"), sort_key="email"),
            BooleanColumn("is_active", label=_("Active"), sort_key="is_active"),
            DateColumn("last_login", label=_("Last sign-in"), sort_key="last_login"),
        ]

    search_fields = ["name", "email"]

    def order_queryset(self, queryset: Any) -> Any:
        """Wagtail would sort by first and last name, which we don't tell apart."""
        return queryset.with_second_factor().order_by(self.ordering, "pk")

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_more_buttons
        if self.request.user.has_perm("people.add_user"):
            buttons.append(Button(_("Import"), url=reverse("people_import"), icon_name="upload", priority=80))
        if self.request.user.has_perm("people.add_invitation"):
            buttons.append(Button(_("Invitations"), url=reverse("people_invitations"), icon_name="mail", priority=90))
        return buttons

    def get_list_more_buttons(self, instance: Any) -> list[Button]:
        buttons = super().get_list_more_buttons(instance)
        if instance.is_active and self.request.user.has_perm("people.add_invitation"):
            url = reverse("people_invitation_link", args=[instance.public_id])
            buttons.append(Button(_("Invitation link"), url=url, icon_name="mail", priority=5))
            if instance.last_login is None and not instance.has_usable_password():
                url = f"{reverse('people_invitations')}?{urlencode({'q': instance.email})}"
                buttons.append(Button(_("Send the invitation"), url=url, icon_name="mail", priority=6))
        if (
            instance.has_second_factor
            and instance != self.request.user
            and self.request.user.has_perm("people.change_user")
        ):
            url = reverse("people_second_factor_reset", args=[instance.public_id])
            buttons.append(Button(_("Reset the second factor"), url=url, icon_name="lock", priority=6))
        if self.request.user.has_perm("people.view_all_people"):
            url = reverse("person_data", args=[instance.public_id])
            buttons.append(Button(_("Personal data"), url=url, icon_name="user", priority=6))
        return buttons


class PersonCreateView(CreateView):
    def save_instance(self) -> User:
        person: User = super().save_instance()
        settle_employment(user_ids=[person.pk], now=self.request.now)
        return person


class PersonEditView(EditView):
    def save_instance(self) -> User:
        person: User = super().save_instance()
        if PLACING & set(self.form.changed_data):
            settle_employment(user_ids=[person.pk], now=self.request.now)
        return person


def tell_of_bulk_action(request: Any, action_type: str, objects: list[Any], action: Any) -> None:
    """Accounts switched on or off together, on the list of people."""
    if action_type == "set_active_state":
        settle_employment(user_ids=[person.pk for person in objects], now=request.now)


class PersonViewSet(UserViewSet):
    model = User
    index_view_class = PersonIndexView
    add_view_class = PersonCreateView
    edit_view_class = PersonEditView
    template_prefix = "people/admin/"
    menu_label = _("People")
    icon = "user"
    ordering = "name"
    add_to_settings_menu = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return PersonEditForm if for_update else PersonCreationForm


class TeamIndexView(generic.IndexView):
    def order_queryset(self, queryset: Any) -> Any:
        return super().order_queryset(queryset.select_related("branch", "parent"))


class TeamCreateView(generic.CreateView):
    def save_instance(self) -> Team:
        team: Team = super().save_instance()
        tell_placement_changed(user_ids=members_of_team_unscoped(team), now=self.request.now)
        return team


class TeamCopyView(generic.CopyViewMixin, TeamCreateView):
    pass


class TeamEditView(generic.EditView):
    def save_instance(self) -> Team:
        before = members_of_team_unscoped(self.object)
        team: Team = super().save_instance()
        tell_placement_changed(user_ids=before | members_of_team_unscoped(team), now=self.request.now)
        return team


class TeamViewSet(ModelViewSet):
    model = Team
    index_view_class = TeamIndexView
    add_view_class = TeamCreateView
    edit_view_class = TeamEditView
    copy_view_class = TeamCopyView
    icon = "group"
    menu_label = _("Teams")
    add_to_reference_index = False
    list_display = ["name", "branch", "parent"]
    list_filter = ["branch"]
    search_fields = ["name"]
    inspect_view_enabled = True
    panels = [
        FieldPanel("name"),
        FieldPanel("branch"),
        FieldPanel("parent"),
        MultiFieldPanel(
            [
                InlinePanel(
                    "supervisions",
                    label=_("Supervisor"),
                    panels=[FieldPanel("user"), FieldPanel("starts_on"), FieldPanel("ends_on")],
                )
            ],
            _("Supervisors"),
        ),
        MultiFieldPanel(
            [
                InlinePanel(
                    "memberships",
                    label=_("Member"),
                    panels=[FieldPanel("user"), FieldPanel("job_role"), FieldPanel("starts_on"), FieldPanel("ends_on")],
                )
            ],
            _("Members"),
        ),
    ]


class JobRoleViewSet(ModelViewSet):
    model = JobRole
    icon = "clipboard-list"
    menu_label = _("Job roles")
    form_fields = ["name"]
    list_display = ["name"]
    search_fields = ["name"]
    inspect_view_enabled = True


class BranchViewSet(ModelViewSet):
    model = Branch
    icon = "home"
    menu_label = _("Branches")
    form_fields = ["name", "time_zone"]
    list_display = ["name", "time_zone"]
    search_fields = ["name"]
    inspect_view_enabled = True


class PeopleViewSetGroup(ViewSetGroup):
    menu_label = _("People")
    menu_icon = "group"
    menu_order = 300
    items = (TeamViewSet, JobRoleViewSet, BranchViewSet)

    def get_submenu_items(self) -> list[MenuItem]:
        people = PeopleMenuItem(
            _("People"), reverse("wagtailusers_users:index"), name="people-accounts", icon_name="user", order=0
        )
        return [people, *super().get_submenu_items()]


class PeopleMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return any(request.user.has_perm(f"people.{action}_user") for action in ("add", "change", "view"))
