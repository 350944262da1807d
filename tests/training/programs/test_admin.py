"""Programmes in the admin: what can't be deleted, and assigning by hand."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from core import clock
from tests.factories.people import NOW, MembershipFactory, UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import make_chapter, publish_chapter, sign
from tests.pages import signed_in, smooth, text
from training.models import Program, ProgramActivity, ProgramAssignment

pytestmark = pytest.mark.django_db


def form(program: Program, fields: dict | None = None, **deleted: bool) -> dict:
    """The edit form as it stands, with these activities (by title) deleted, and these fields filled in otherwise."""
    activities = [
        {
            "id": activity.pk,
            "chapter": activity.chapter_id,
            "scenario": "",
            "quiz": "",
            "is_active": "on",
            "in_first": "on",
            "in_refresher": "on",
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
            "active_months": "12",
            "window_days": "30",
            "grace_days": "0",
            "minimum_months": "0",
            "expiry_basis": "completion",
            "fixed_expiry_on": "",
            **(fields or {}),
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


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"active_months": "1", "window_days": "40"}, "window_days", "shorter than the validity"),
        ({"active_months": "", "window_days": "30"}, "window_days", "Without a validity nothing expires"),
        ({"expiry_basis": "fixed"}, "fixed_expiry_on", "Say on which day it expires"),
        ({"minimum_months": "3"}, "minimum_months", "counts from a fixed day"),
    ],
)
def test_rules_that_contradict_each_other_are_told_at_their_field(fields, field, said):
    program = make_program(publish_chapter())

    response = signed_in(UserFactory(role="Editors")).post(edit_url(program), form(program, fields))

    assert said in response.context["form"].errors[field][0]
    program.refresh_from_db()
    assert program.active_months == 12


def test_an_activity_twice_is_told_at_the_second():
    chapter, other = publish_chapter(), publish_chapter("Timeliness", ("TIM-1",))
    program = make_program(chapter, other)
    data = form(program)
    data["activities-1-chapter"] = str(chapter.pk)

    response = signed_in(UserFactory(role="Editors")).post(edit_url(program), data)

    assert "This stands in the programme already." in response.content.decode()
    assert [activity.chapter for activity in program.activities.all()] == [chapter, other]


class TestAudience:
    def post(self, program, *rules, save=False, deadline="10", client=None):
        data = {"days_to_complete": deadline, "fixed_due_on": ""} | ({"save": "1"} if save else {})
        data |= {"rules-TOTAL_FORMS": len(rules), "rules-INITIAL_FORMS": 0}
        for place, rule in enumerate(rules):
            data |= {f"rules-{place}-{name}": value for name, value in rule.items()}
        url = reverse("program_audience", args=[program.pk])
        with clock.set_to(NOW):
            return (client or signed_in(UserFactory(role="Administrators"))).post(url, data, follow=True)

    def test_what_it_would_do_is_shown_before_anything_is_saved(self):
        program, member = make_program(publish_chapter()), MembershipFactory(user__name="Aisyah")
        by_hand = assign(program, UserFactory(name="Ben"))

        shown = self.post(program, {"job_role": member.job_role_id}).content.decode()

        assert "1 person is assigned" in shown
        assert "Aisyah" in shown
        assert "Ben: 15 Dec 2026 → 4 Dec 2026" in shown
        assert not program.audience_rules.exists()
        assert list(program.assignments.all()) == [by_hand]

    @pytest.mark.django_db(transaction=True, serialized_rollback=True)
    def test_saved_it_is_done_in_the_background_and_told(self):
        program, member = make_program(publish_chapter()), MembershipFactory(user__name="Aisyah")

        response = self.post(program, {"job_role": member.job_role_id}, save=True)

        assert response.redirect_chain
        assert "Assigned: 1. Released: 0. Due dates moved: 0." in response.content.decode()
        assert [each.learner for each in program.assignments.all()] == [member.user]
        kept = program.audience_rules.get()
        program.refresh_from_db()
        assert (kept.job_role, program.days_to_complete) == (member.job_role, 10)

    def test_an_audience_of_nobody_is_pointed_out(self):
        shown = self.post(make_program(publish_chapter()), {"employed_from": "2030-01-01"}).content.decode()
        assert "Nobody at present meets this." in shown

    def test_contradictions_are_told_and_nothing_is_saved(self):
        program = make_program(publish_chapter())
        rule = {"employed_from": "2026-02-01", "employed_until": "2026-01-01"}

        response = self.post(program, rule, save=True)

        assert response.status_code == 422
        assert "This is before the day from which it counts." in response.content.decode()
        assert not program.audience_rules.exists()

    def test_days_and_a_day_are_one_too_many(self):
        program, administrator = make_program(publish_chapter()), UserFactory(role="Administrators")
        data = {"days_to_complete": "3", "fixed_due_on": "2026-12-31", "rules-TOTAL_FORMS": 0, "rules-INITIAL_FORMS": 0}

        response = signed_in(administrator).post(reverse("program_audience", args=[program.pk]), data)

        assert "not both" in response.content.decode()


@pytest.mark.parametrize(
    ("who", "view"),
    [({"is_superuser": True}, "edit"), ({"role": "Administrators"}, "inspect")],
    ids=["edit", "inspect"],
)
def test_the_page_of_a_programme_leads_to_whom_it_is_for(who, view):
    program = make_program(publish_chapter())
    address = reverse(f"wagtailsnippets_training_program:{view}", args=[program.pk])

    page = text(signed_in(UserFactory(**who)).get(address))

    for name in ("program_audience", "program_assign"):
        assert reverse(name, args=[program.pk]) in page


def test_an_editor_isnt_led_where_they_may_not_go():
    program = make_program(publish_chapter())

    page = text(signed_in(UserFactory(role="Editors")).get(edit_url(program)))

    assert reverse("program_audience", args=[program.pk]) not in page


@pytest.mark.parametrize(
    ("who", "said", "leads"),
    [
        ({"is_superuser": True}, "next, say whom it is for", True),
        ({"role": "Editors"}, "an administrator says whom it is for", False),
    ],
    ids=["superuser", "editor"],
)
def test_who_has_made_a_programme_is_told_what_is_next(who, said, leads):
    fields = form(make_program(publish_chapter(), title="Tills"), {"title": "Doors", "slug": "doors"})
    fields |= {"activities-INITIAL_FORMS": "0", "activities-0-id": ""}

    response = signed_in(UserFactory(**who)).post(reverse("wagtailsnippets_training_program:add"), fields, follow=True)

    made = Program.objects.get(slug="doors")
    assert said in smooth(response)
    assert (reverse("program_audience", args=[made.pk]) in text(response)) is leads
