"""Registers the certificates part of the admin."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from certificates.models import Certificate
from certificates.permissions import ReadOnlyPermissionPolicy
from certificates.viewsets import CertificateViewSet

register_permission_policy(Certificate, ReadOnlyPermissionPolicy(Certificate), exact_class=True)


@hooks.register("register_admin_viewset")
def register_certificates() -> CertificateViewSet:
    return CertificateViewSet()
