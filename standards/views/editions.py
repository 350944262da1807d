"""Editions as they were, and what changed between them."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.permissions import signed_in
from core.selectors import reader_locale
from people.middleware import SignedInRequest
from standards.forms import CompareForm
from standards.selectors.comparing import edition_comparison_for_viewer
from standards.selectors.editions import edition_for_viewer, edition_list_for_viewer, editions_for_viewer


@signed_in
@require_safe
def editions(request: SignedInRequest) -> HttpResponse:
    listed = edition_list_for_viewer(request.user, reader_locale(), request.GET.get("page"))
    return render(request, "standards/editions.html", {"tab": "standards", "page": listed.page, "rows": listed.rows})


@signed_in
@require_safe
def edition(request: SignedInRequest, number: int) -> HttpResponse:
    text = edition_for_viewer(request.user, number, reader_locale())
    if text is None:
        raise Http404
    return render(request, "standards/edition.html", {"tab": "standards", "edition": text})


@signed_in
@require_safe
def compare_editions(request: SignedInRequest) -> HttpResponse:
    """Without a choice, the current edition beside the one before it; the older one always comes first."""
    heads = editions_for_viewer(request.user)
    numbers = [head.number for head in heads]
    chosen = request.GET.dict()
    if len(heads) > 1 and not {"from", "to"} & set(chosen):
        chosen |= {"from": str(numbers[1]), "to": str(numbers[0])}
    form = CompareForm(chosen, numbers)
    context = {"tab": "standards", "form": form, "heads": heads}
    if len(heads) > 1 and form.is_valid():
        older, newer = form.editions()
        context["comparison"] = edition_comparison_for_viewer(request.user, older, newer, reader_locale())
    status = 422 if len(heads) > 1 and form.errors else 200
    return render(request, "standards/compare_editions.html", context, status=status)
