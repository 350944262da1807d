"""What people take along on paper: an edition, a chapter of it, the customer charter."""

from __future__ import annotations

import logging
import uuid

from django.contrib import messages
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.middleware import TimedRequest
from core.permissions import public, signed_in
from core.selectors import reader_locale
from people.middleware import SignedInRequest
from standards.selectors.charter import charter_file, customer_charter
from standards.selectors.printing import EditionPrint, edition_print_for_viewer
from standards.services.charter import print_charter
from standards.services.printing import print_edition

logger = logging.getLogger(__name__)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edition_pdf(request: SignedInRequest, number: int, chapter_key: uuid.UUID | None = None) -> HttpResponseBase:
    """The file. Where it isn't made yet, a page says so, and its button (POST) makes it."""
    asked = edition_print_for_viewer(request.user, number, chapter_key, reader_locale())
    if asked is None:
        raise Http404
    if request.method == "POST":
        return _make_edition(request, asked)
    back = reverse("edition", args=[number])
    if asked.file is None:
        return _waiting(request, back)
    name = f"standards-edition-{number}"
    if asked.place:
        name += f"-{asked.place.number}-{slugify(asked.place.title)}".rstrip("-")
    return _file(request, asked.file.file, f"{name}.pdf", back)


@public
@require_safe
def charter(request: TimedRequest) -> HttpResponse:
    found = customer_charter(reader_locale())
    sheet = charter_file(found) if found else None
    context = {"charter": found, "is_too_long": sheet is not None and not sheet.file}
    return render(request, "standards/charter.html", context)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def charter_pdf(request: TimedRequest) -> HttpResponseBase:
    """The sheet. It is set once for what it shows, so that nobody can keep the server busy with it."""
    found = customer_charter(reader_locale())
    if found is None:
        raise Http404
    back = reverse("charter")
    if request.method == "POST":
        return _make_charter(request)
    sheet = charter_file(found)
    if sheet is None:
        return _waiting(request, back)
    if not sheet.file:
        return redirect(back)
    return _file(request, sheet.file, "customer-charter.pdf", back)


def _make_edition(request: SignedInRequest, asked: EditionPrint) -> HttpResponse:
    try:
        print_edition(edition_id=asked.edition.pk, chapter_key=asked.chapter_key, locale=asked.locale, now=request.now)
    except Exception:  # whatever it was, the edition can be read here, and there is a later
        return _not_made(request, "Edition %s can't be set", asked.edition.number, back=request.path)
    messages.success(request, _("The PDF is ready. You can download it now."))
    address = reverse("edition", args=[asked.edition.number])
    return redirect(f"{address}#chapter-{asked.place.number}" if asked.place else address)


def _make_charter(request: TimedRequest) -> HttpResponse:
    try:
        print_charter(locale=reader_locale(), now=request.now)
    except Exception:
        return _not_made(request, "The charter can't be set", back=request.path)
    return redirect("charter")


def _not_made(request: HttpRequest, said: str, *arguments: object, back: str) -> HttpResponse:
    logger.exception(said, *arguments)
    messages.error(
        request,
        _("The PDF can’t be made just now. You can read everything here. Try again later, or tell your administrator."),
    )
    return redirect(back)


def _waiting(request: HttpRequest, back: str) -> HttpResponse:
    return render(request, "standards/pdf_waiting.html", {"tab": "standards", "back": back})


def _file(request: HttpRequest, file: FieldFile, name: str, back: str) -> HttpResponseBase:
    try:
        opened = file.open("rb")
    except OSError:
        logger.exception("%s can't be read", file.name)
        return render(request, "standards/pdf_away.html", {"tab": "standards", "back": back}, status=503)
    return FileResponse(opened, as_attachment=True, filename=name, content_type="application/pdf")
