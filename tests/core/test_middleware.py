from __future__ import annotations

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Revision

from core import clock
from core.middleware import ClockMiddleware, NoStoreMiddleware, atomic_post
from core.models import PublicationRefused
from core.selectors import organisation
from people.models import User
from standards.models import ChapterPage, ClauseVersion, Edition
from standards.services import publishing
from tests.factories.editing import clause_row, save_chapter
from tests.factories.people import NOW, UserFactory
from tests.factories.standards import home_page, publish_chapter

pytestmark = pytest.mark.django_db


def test_a_request_has_one_moment(rf):
    seen = []

    def view(request):
        seen.extend([request.now, request.now])
        return HttpResponse()

    with clock.set_to(NOW):
        ClockMiddleware(view)(rf.get("/"))

    assert seen == [NOW, NOW]


def test_the_organisation_is_read_once_a_request(rf, django_assert_num_queries):
    def view(request):
        return HttpResponse(organisation().name + organisation().time_zone)

    with django_assert_num_queries(1):
        ClockMiddleware(view)(rf.get("/"))


def test_a_signed_in_page_is_not_stored(client):
    client.force_login(UserFactory())

    assert "no-store" in client.get("/my/").headers["Cache-Control"]


def test_a_public_page_may_be_stored(client):
    home_page()

    assert not client.get("/").has_header("Cache-Control")


def test_what_a_view_said_itself_stays(rf):
    request = rf.get("/")
    request.user = UserFactory()

    response = NoStoreMiddleware(lambda request: HttpResponse(headers={"Cache-Control": "max-age=60"}))(request)

    assert response.headers["Cache-Control"] == "max-age=60"


def test_a_failing_receiver_leaves_page_and_edition_as_they_were(monkeypatch):
    """Through the admin's real edit view: nothing of the POST is kept, the draft neither."""
    page = publish_chapter()
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory(role="Approvers"))
    rows = [clause_row(text, change_kind="editorial", why=f"{text.why} More of it.") for text in page.clauses.all()]
    before = Edition.objects.count(), ClauseVersion.objects.count(), Revision.objects.count()
    monkeypatch.setattr(publishing, "_write_edition", lambda by, now: 1 / 0)

    response = save_chapter(client, page, rows, publish=True, change_reason="It was not clear enough.")

    assert response.status_code == 500
    assert (Edition.objects.count(), ClauseVersion.objects.count(), Revision.objects.count()) == before
    page = ChapterPage.objects.get(pk=page.pk)
    assert [text.why for text in page.clauses.all()] == ["Because it helps."] * 2
    assert not page.has_unpublished_changes


def test_the_same_post_without_a_fault_is_published(client):
    """What the test above sends would have gone through."""
    page = publish_chapter()
    client.force_login(UserFactory(role="Approvers"))
    rows = [clause_row(text, change_kind="editorial", why=f"{text.why} More of it.") for text in page.clauses.all()]

    response = save_chapter(client, page, rows, publish=True, change_reason="It was not clear enough.")

    assert response.status_code == 302
    assert Edition.objects.count() == 2


@pytest.mark.parametrize(
    ("referer", "leads_to"),
    [
        ("http://testserver/admin/pages/7/edit/", "http://testserver/admin/pages/7/edit/"),
        ("https://elsewhere.example/", "/admin/"),
        ("", "/admin/"),
    ],
)
def test_a_refused_publication_is_told_where_one_came_from(rf, referer, leads_to):
    request = rf.post("/", headers={"referer": referer})
    request.session, request._messages = {}, CookieStorage(request)
    user = UserFactory.build()

    def view(request):
        UserFactory(email=user.email)
        raise PublicationRefused("Somebody else has to approve it.")

    response = atomic_post(view)(request)

    assert (response.status_code, response.url) == (302, leads_to)
    assert [str(message) for message in request._messages] == ["Somebody else has to approve it."]
    assert not User.objects.filter(email=user.email).exists()
