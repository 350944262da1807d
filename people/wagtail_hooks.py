"""Registers the people part of the admin."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from people.views.invitations import invitation_link
from people.views.second_factor import reset
from people.viewsets import PeopleViewSetGroup, tell_of_bulk_action


@hooks.register("register_admin_viewset")
def register_people() -> PeopleViewSetGroup:
    return PeopleViewSetGroup()


hooks.register("after_bulk_action", tell_of_bulk_action)


@hooks.register("register_admin_urls")
def register_actions_for_people() -> list[URLPattern]:
    return [
        path("people/<uuid:public_id>/invitation/", invitation_link, name="people_invitation_link"),
        path("people/<uuid:public_id>/second-factor/", reset, name="people_second_factor_reset"),
    ]


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "people.reset_second_factor", _("Reset the second factor"), _("Second factor reset, sessions ended")
    )
