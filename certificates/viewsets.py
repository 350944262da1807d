"""Certificates in the admin: to be found and read, never to be touched."""

from __future__ import annotations

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from certificates.models import Certificate

READ_ONLY_VIEWS = {"index", "index_results", "inspect"}


class CertificateIndexView(IndexView):
    queryset = Certificate.objects.select_related("holder")


class CertificateViewSet(ModelViewSet):
    model = Certificate
    index_view_class = CertificateIndexView
    icon = "circle-check"
    menu_label = _("Certificates")
    menu_order = 350
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    form_fields: list[str] = []
    list_display = [
        "number",
        Column("holder.name", label=_("Holder"), sort_key="holder__name"),
        Column("program_title", label=_("Programme"), sort_key="program_title"),
        Column("issued_on", label=_("Issued on"), sort_key="issued_on"),
        Column("expires_on", label=_("Valid until"), sort_key="expires_on"),
    ]
    list_filter = {"issued_on": ["gte", "lte"], "expires_on": ["gte", "lte"]}
    search_fields = ["number", "holder__name", "program_title", "code"]
    ordering = ["-number"]
    inspect_view_fields = [
        "number",
        "holder",
        "learner",
        "program_title",
        "issuer",
        "edition",
        "issued_at",
        "issued_on",
        "expires_on",
        "code",
        "template_version",
        "language",
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in READ_ONLY_VIEWS]
