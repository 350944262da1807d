"""Registers the standards' part of the admin."""

from wagtail import hooks

from standards.viewsets import ChapterListingViewSet


@hooks.register("register_admin_viewset")
def register_chapters() -> ChapterListingViewSet:
    return ChapterListingViewSet()
