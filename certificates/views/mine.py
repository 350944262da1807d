"""“Me”: my certificates and my account; one certificate, its clauses and its PDF."""

from __future__ import annotations

import logging
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certificates.selectors import CertificateReading, certificate_for_viewer, certificates_for_learner
from certificates.services import render_certificate
from core.permissions import signed_in
from people.middleware import SignedInRequest
from people.selectors import membership_for_person

logger = logging.getLogger(__name__)


@signed_in
@require_safe
def certificates(request: SignedInRequest) -> HttpResponse:
    context = {
        "cards": certificates_for_learner(request.user, request.now),
        "membership": membership_for_person(request.user, request.now),
        "tab": "me",
    }
    return render(request, "certificates/certificates.html", context)


@signed_in
@require_safe
def certificate(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    return render(request, "certificates/certificate.html", _context(request, _reading_or_404(request, public_id)))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def certificate_pdf(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """The file. Where it isn't made yet, a page says so, and its button (POST) makes it."""
    reading = _reading_or_404(request, public_id)
    if request.method == "POST":
        return _make(request, reading)
    if not reading.is_rendered:
        return render(request, "certificates/certificate_waiting.html", _context(request, reading))
    try:
        file = reading.certificate.file.file.open("rb")
    except OSError:
        logger.exception("The file of certificate %s can't be read", reading.certificate)
        return render(request, "certificates/certificate_away.html", _context(request, reading), status=503)
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"certificate-{reading.certificate.number}.pdf",
        content_type="application/pdf",
    )


def _make(request: SignedInRequest, reading: CertificateReading) -> HttpResponse:
    try:
        render_certificate(certificate_id=reading.certificate.pk, now=request.now)
    except Exception:  # whatever it was, the certificate holds, and there is a later
        logger.exception("Certificate %s can't be set", reading.certificate)
        messages.error(
            request,
            _(
                "The PDF can’t be made just now. The certificate holds all the same. Try again later, or tell your administrator."
            ),
        )
    else:
        messages.success(request, _("The PDF is ready. You can download it now."))
    return redirect(reading.certificate)


def _reading_or_404(request: SignedInRequest, public_id: UUID) -> CertificateReading:
    reading = certificate_for_viewer(request.user, public_id, request.now)
    if reading is None:
        raise Http404
    return reading


def _context(request: SignedInRequest, reading: CertificateReading) -> dict[str, object]:
    is_own = reading.certificate.learner_id == request.user.pk
    return {"reading": reading, "certificate": reading.certificate, "is_own": is_own, "tab": "me" if is_own else "team"}
