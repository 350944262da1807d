"""What our pages are measured against: a bare Wagtail page (B), a view that reads session and user (S), and one write (W)."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from wagtail.models import Page

from certificates.models import NumberCounter
from config.urls import handler400, handler403, handler404, handler500, urlpatterns  # noqa: F401
from home.models import HomePage

BARE, SESSION, WRITE = "/bare/", "/reference/session/", "/reference/write/"


def session(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.user} {len(request.session.items())}")


def write(request: HttpRequest) -> HttpResponse:
    """S and one read-modify-write."""
    with transaction.atomic():
        counter = NumberCounter.objects.select_for_update().get(year=1)
        counter.last += 1
        counter.save(update_fields=["last"])
    return HttpResponse(f"{request.user} {counter.last}")


def create_bare_page() -> None:
    """Wagtail's own page type, with a template of five tags."""
    Page.template = "benchmarks/page.html"
    HomePage.objects.get().add_child(instance=Page(title="Bare", slug="bare"))
    NumberCounter.objects.create(year=1)


urlpatterns = [path(SESSION[1:], session), path(WRITE[1:], write), *urlpatterns]
