from __future__ import annotations

from django.urls import path

from certificates.views.mine import certificate, certificate_pdf, certificates
from certificates.views.verifying import verify, verify_certificate

urlpatterns = [
    path("certificates/", certificates, name="certificates"),
    path("certificates/<uuid:public_id>/", certificate, name="certificate"),
    path("certificates/<uuid:public_id>/pdf/", certificate_pdf, name="certificate_pdf"),
    path("verify/", verify, name="verify"),
    path("verify/<str:code>/", verify_certificate, name="verify_certificate"),
]
