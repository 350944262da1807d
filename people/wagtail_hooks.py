"""Registers the people part of the admin."""

from django.urls import URLPattern, path
from wagtail import hooks

from people.views.invitations import invitation_link
from people.viewsets import PeopleViewSetGroup, tell_of_bulk_action


@hooks.register("register_admin_viewset")
def register_people() -> PeopleViewSetGroup:
    return PeopleViewSetGroup()


@hooks.register("register_admin_urls")
def register_invitation_link() -> list[URLPattern]:
    return [path("people/<uuid:public_id>/invitation/", invitation_link, name="people_invitation_link")]


hooks.register("after_bulk_action", tell_of_bulk_action)
