"""What is held on a person, in words, and all of it as a file."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from core.permissions import signed_in
from people.middleware import SignedInRequest
from people.models import User
from people.selectors.personal_data import held_on
from people.services import write_export

MEMORY = 5 * 1024 * 1024
"""Bytes of a file that are kept in memory; what is larger goes to disk, and is gone when it was sent."""


@signed_in
@require_safe
def my_data(request: SignedInRequest) -> HttpResponse:
    return render(request, "people/my_data.html", {"held": held_on(request.user), "tab": "me"})


@signed_in
@require_POST
def my_data_file(request: SignedInRequest) -> FileResponse:
    return export_response(request, request.user, "my-data")


def export_response(request: SignedInRequest, person: User, name: str) -> FileResponse:
    """All that is held on this person, as a ZIP to download."""
    file = SpooledTemporaryFile(max_size=MEMORY)  # noqa: SIM115  (the response closes it)
    write_export(person=person, by=request.user, file=file, now=request.now)
    file.seek(0)
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"{name}-{request.now:%Y-%m-%d}.zip",
        content_type="application/zip",
    )
