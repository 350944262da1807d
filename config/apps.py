"""Replaces Wagtail's user administration by Piawai's: no superuser switch, no passwords, invitations instead."""

from wagtail.users.apps import WagtailUsersAppConfig


class PeopleAdminConfig(WagtailUsersAppConfig):
    user_viewset = "people.viewsets.PersonViewSet"
