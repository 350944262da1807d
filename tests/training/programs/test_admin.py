"""Programmes in the admin: what can't be deleted, and assigning by hand."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from core import clock
from tests.factories.people import NOW, UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import make_chapter, publish_chapter, sign
from tests.pages import signed_in
from training.models import Program, ProgramActivity, ProgramAssignment

pytestmark = pytest.mark.django_db


def form(program: Program, **deleted: bool) -> dict:
    """The edit form as it stands, with these activities (by title) deleted."""
    activities = [
        {
            "id": activity.pk,
            "chapter": activity.chapter_id,
            "scenario": "",
            "quiz": "",
            "is_active": "on",
            "ORDER": place,
            "DELETE": "1" if deleted.get(str(activity)) else "",
        }
        for place, activity in enumerate(program.activities.all(), start=1)
    ]
    return nested_form_data(
        {
            "title": program.title,
            "slug": program.slug,
            "description": "",
            "days_to_complete": "21",
            "active_months": "12",
            "is_ordered": "on",
            "activities": inline_formset(activities, initial=len(activities)),
        }
    )


def edit_url(program: Program) -> str:
    return reverse("wagtailsnippets_training_program:edit", args=[program.pk])


def test_an_activity_that_people_have_done_cannot_be_deleted():
    learner, chapter = UserFactory(), publish_chapter()
    program = make_program(chapter)
    assign(program, learner)
    sign(learner, chapter)

    response = signed_in(UserFactory(role="Editors")).post(edit_url(program), form(program, Reliability=True))

    assert "stays on record" in response.content.decode()
    assert ProgramActivity.objects.filter(program=program).exists()


def test_deleting_the_last_open_activity_completes_who_has_the_rest():
    learner, first = UserFactory(), publish_chapter()
    program = make_program(first, publish_chapter("Timeliness", ("TIM-1",)))
    assignment = assign(program, learner)
    sign(learner, first)

    with clock.set_to(NOW):
        response = signed_in(UserFactory(role="Editors")).post(edit_url(program), form(program, Timeliness=True))

    assert response.status_code == 302
    assert assignment.completion.completed_at == NOW


def test_a_page_that_a_programme_needs_cannot_be_deleted():
    chapter = make_chapter("Draft", ("DRA-1",))
    make_program(chapter, title="Welcome to the shop")
    superuser = Client()
    superuser.force_login(UserFactory(is_superuser=True))

    response = superuser.post(reverse("wagtailadmin_pages:delete", args=[chapter.pk]), follow=True)

    assert "part of “Welcome to the shop”" in response.content.decode()
    assert type(chapter).objects.filter(pk=chapter.pk).exists()


def test_assigning_by_hand_keeps_who_assigned_and_why():
    program, person = make_program(publish_chapter()), UserFactory()
    client = signed_in(UserFactory(role="Administrators"))

    response = client.post(
        reverse("program_assign", args=[program.pk]), {"people": [person.pk], "reason": "New at the counter"}
    )

    assert response.status_code == 302
    assignment = ProgramAssignment.objects.get(learner=person)
    assert (assignment.reason, assignment.assigned_by_id) == (
        "New at the counter",
        int(client.session["_auth_user_id"]),
    )


def test_assigning_nobody_says_what_is_missing():
    response = signed_in(UserFactory(role="Administrators")).post(
        reverse("program_assign", args=[make_program(publish_chapter()).pk]), {}
    )

    assert response.status_code == 422
    assert "Choose at least one person." in response.content.decode()
