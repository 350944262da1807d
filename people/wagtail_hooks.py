"""Registers the people part of the admin."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from people.services.erasing import ERASED
from people.services.exporting import EXPORTED
from people.views.erasing import erase, person_data, person_data_file
from people.views.importing import (
    people_import,
    people_import_faults,
    people_import_review,
    people_import_template,
)
from people.views.invitations import invitation_link
from people.views.inviting import people_invitations
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
        path("people/invitations/", people_invitations, name="people_invitations"),
        path("people/import/", people_import, name="people_import"),
        path("people/import/template/<slug:kind>/", people_import_template, name="people_import_template"),
        path("people/import/<slug:digest>/", people_import_review, name="people_import_review"),
        path("people/import/<slug:digest>/faults/", people_import_faults, name="people_import_faults"),
        path("people/<uuid:public_id>/data/", person_data, name="person_data"),
        path("people/<uuid:public_id>/data/download/", person_data_file, name="person_data_file"),
        path("people/<uuid:public_id>/erase/", erase, name="person_erase"),
    ]


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "people.reset_second_factor", _("Reset the second factor"), _("Second factor reset, sessions ended")
    )
    actions.register_action(EXPORTED, _("Take out personal data"), _("Took out all that is held on the person"))
    actions.register_action(ERASED, _("Erase a person"), _("Erased the person"))
