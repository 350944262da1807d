"""What the interface speaks, and what content is read in."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.utils.translation import get_language
from wagtail.models import Locale

from core.middleware import LocaleMiddleware
from core.selectors import reader_locale, remember_reader
from tests.factories.standards import home_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def _malay_page():
    """A page in Malay that is published: without one there is nothing to read in it."""
    malay = Locale.objects.create(language_code="ms")
    home_page().copy_for_translation(malay).save_revision().publish()


def read_in(rf, accepted: str = "", cookie: str = "", profile: str = "") -> str:
    """The language in which this request's reader reads."""
    seen = []

    def view(request):
        seen.append(reader_locale().language_code)
        return HttpResponse()

    request = rf.get("/", headers={"Accept-Language": accepted} if accepted else {})
    request.COOKIES["django_language"] = cookie
    request.user = SimpleNamespace(language=profile)
    LocaleMiddleware(view)(request)
    return seen[0]


@pytest.mark.usefixtures("_malay_page")
@pytest.mark.parametrize(
    ("accepted", "cookie", "profile", "expected"),
    [
        ("", "", "", "en"),
        ("ms-MY,ms;q=0.9,en;q=0.5", "", "", "ms"),
        ("en-GB,ms;q=0.9", "", "", "en"),
        ("zh-CN,ms;q=0.5", "", "", "ms"),
        ("ms", "en", "", "en"),
        ("en", "ms", "", "ms"),
        ("en", "en", "ms", "ms"),
        ("<script>", "x" * 3000, "../", "en"),
    ],
)
def test_profile_then_cookie_then_browser_say_what_is_read(rf, accepted, cookie, profile, expected):
    assert read_in(rf, accepted, cookie, profile) == expected


def test_a_language_without_a_page_is_not_read(rf):
    assert read_in(rf, "ms") == "en"
    home_page().copy_for_translation(Locale.objects.create(language_code="ms"), alias=True)
    assert read_in(rf, "ms") == "en"


def test_outside_a_request_content_is_in_the_source_language():
    assert reader_locale() == Locale.get_default()


@pytest.mark.usefixtures("_malay_page")
def test_reading_takes_one_query(django_assert_num_queries):
    for languages in ((), ("ms", "en")):
        with remember_reader(languages), django_assert_num_queries(1):
            reader_locale()


@pytest.mark.usefixtures("_malay_page")
def test_the_interface_speaks_only_what_it_can(rf, settings):
    spoken = []

    def view(request):
        spoken.append(get_language())
        return HttpResponse()

    request = rf.get("/", headers={"Accept-Language": "ms"})
    request.user = SimpleNamespace()
    response = LocaleMiddleware(view)(request)
    settings.INTERFACE_LANGUAGES = ["en", "ms"]
    LocaleMiddleware(view)(request)

    assert spoken == ["en", "ms"]
    assert (response.headers["Content-Language"], response.headers["Vary"]) == ("en", "Accept-Language")
