"""A person's page: who may open it, what it says first, what happened, and what can be done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import clock
from home.views import person as person_view
from outbox.models import Notice
from people.models import LeaveOfAbsence, User
from tests.factories import certificates as certificate_factory
from tests.factories import lessons as lesson_factory
from tests.factories import quizzes as quiz_factory
from tests.factories import scenarios as scenario_factory
from tests.factories.looking_after import PDF, note_talk, waive
from tests.factories.people import NOW, MembershipFactory, TeamSupervisionFactory, UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import publish_chapter, sign
from tests.pages import signed_in
from tests.pages import smooth as text
from training.models import (
    AssignmentRelease,
    CoachingTalk,
    Extension,
    PriorLearning,
    ProgramAssignment,
    Waiver,
    WaiverEnd,
)
from training.services.assigning import release_assignment
from training.services.exceptions import end_waiver, extend_assignment, record_leave, record_prior_learning
from training.services.refreshing import open_refreshers

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(NOW):
        yield


@pytest.fixture
def ann(team, supervisor) -> User:
    return MembershipFactory(team=team, user__name="Ann", job_role__name="Cashier").user


@pytest.fixture
def assignment(ann) -> ProgramAssignment:
    """Due on 15 December, not begun."""
    return assign(make_program(publish_chapter()), ann)


def address(person: User, action: str = "", *args: object) -> str:
    return reverse(f"team_person_{action}" if action else "team_person", args=[person.public_id, *args])


def titles(client, person: User, **query: str) -> list[str]:
    return [event.title for event in client.get(address(person), query).context["page"]]


def happen(ann: User, by: User, number: int) -> None:
    """One of everything that a timeline tells."""
    chapter = publish_chapter(f"Chapter {number}", (f"CHA-{number}",))
    program = make_program(chapter, title=f"Programme {number}", slug=f"many-{number}")
    assignment = assign(program, ann, reason="New here")
    extend_assignment(assignment=assignment, due_on=date(2026, 12, 20), reason="Ill", by=by, now=NOW)
    sign(ann, chapter)
    other = assign(make_program(chapter, title=f"Other {number}", slug=f"other-{number}"), ann)
    assert other.completion
    waiver = waive(ann, program, by=by, starts_on=date(2026, 11, number))
    end_waiver(waiver=waiver, ended_on=NOW.date(), reason="Back", by=by, now=NOW)
    third = assign(make_program(quiz_factory.publish_quiz(1, slug=f"quiz-{number}"), title=f"Third {number}"), ann)
    record_prior_learning(assignment=third, activities=[], learnt_on=NOW.date(), reason="Elsewhere", by=by, now=NOW)
    release_assignment(assignment=third, by=by, now=NOW, reason="Not needed")
    record_leave(user=ann, starts_on=date(2026, number, 1), ends_on=date(2026, number, 9), by=by, now=NOW)
    note_talk(ann, by=by, text=f"Talk {number}")
    lesson_factory.go_through(ann, lesson_factory.publish_lesson(slug=f"lesson-{number}", title=f"Lesson {number}"))


def test_only_who_looks_after_them_opens_it(client, supervisor, ann, team):
    other = TeamSupervisionFactory().user
    admin = UserFactory(role="Administrators")

    assert client.get(address(ann)).status_code == 200
    assert signed_in(admin).get(address(ann)).status_code == 200
    assert signed_in(other).get(address(ann)).status_code == 404
    assert signed_in(ann).get(address(ann)).status_code == 403
    assert client.get(address(supervisor)).status_code == 404
    MembershipFactory(team=team, user=supervisor)
    assert client.get(address(supervisor)).status_code == 200


def test_what_is_wrong_comes_first(client, ann):
    quiz = quiz_factory.publish_quiz()
    assign(make_program(publish_chapter(), title="Late", days_to_complete=5), ann, now=NOW - 9 * DAY)
    assign(make_program(quiz, title="Hard", days_to_complete=None), ann, now=NOW - DAY)
    quiz_factory.take(ann, quiz, right=0), quiz_factory.take(ann, quiz, right=0)

    response = client.get(address(ann))

    trouble = [(each.program.title, len(each.failures)) for each in response.context["reading"].trouble]
    assert sorted(trouble) == [("Hard", 1), ("Late", 0)]
    page = text(response)
    assert "Late is overdue since 20 November" in page
    assert "Failed “Quiz on reliability” 2 times" in page
    assert "Cashier, Counter, Ipoh · here since 1 January 2026" in page


def test_somebody_new_has_an_empty_page_that_says_so(client, ann):
    page = text(client.get(address(ann)))

    assert "No programme is assigned." in page
    assert "Nothing has happened yet." in page


def test_what_happened_with_reasons_and_without_answers(client, supervisor, ann):
    scenario = scenario_factory.publish_scenario()
    scenario_factory.play(ann, scenario)
    quiz = quiz_factory.publish_quiz()
    quiz_factory.take(ann, quiz, right=1)
    certificate_factory.issue(ann, title="Old one")
    happen(ann, supervisor, 1)

    page = text(client.get(address(ann)))

    for said in (
        f"Passed the role-play {scenario.title}",
        "Failed the quiz Quiz on reliability",
        "33%",
        "Certificate: Old one",
        "Assigned: Programme 1",
        "More time for Programme 1: until 20 December 2026",
        "Signed Chapter 1, edition",
        "Completed Programme 1",
        "Waived: Programme 1",
        "Waiver ended: Programme 1",
        "Learnt elsewhere",
        "Went through the lesson Lesson 1",
        "Released from Third 1",
        "1 January 2026 to 9 January 2026",
        "Coaching talk",
        f"by {supervisor.name}",
    ):
        assert said in page
    for reason in ("New here", "Ill", "Back", "Trained at the bank", "Elsewhere", "Not needed", "Talk 1"):
        assert reason in page


def test_what_happened_comes_in_pages_the_newest_first(client, supervisor, ann, monkeypatch):
    monkeypatch.setattr(person_view, "EVENTS_A_PAGE", 2)
    for number in range(3):
        note_talk(ann, by=supervisor, text=f"Talk {number}", now=NOW - number * 20 * DAY)

    first = client.get(address(ann))

    assert [event.note for event in first.context["page"]] == ["Talk 0", "Talk 1"]
    assert [event.note for event in client.get(address(ann), {"page": "2"}).context["page"]] == ["Talk 2"]
    assert client.get(address(ann), {"page": "x"}).context["page"].number == 1
    assert [event.note for event in first.context["reading"].history] == ["Talk 0", "Talk 1", "Talk 2"]
    assert "November 2026" in text(first)
    assert "1 to 2 of 3" in text(first)


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_any_history(ann, supervisor, count, django_assert_num_queries, monkeypatch):
    client = signed_in(supervisor)
    monkeypatch.setattr(person_view, "EVENTS_A_PAGE", 100)
    for number in range(1, count + 1):
        happen(ann, supervisor, number)
    client.get(address(ann))

    with django_assert_num_queries(28):
        client.get(address(ann))


def test_more_time_is_given_once_and_its_reason_kept(client, ann, assignment):
    form = address(ann, "extend", assignment.program.slug)

    for _click in range(2):
        response = client.post(form, {"due_on": "2026-12-24", "reason": "Ill"})
        assert (response.status_code, response["Location"]) == (302, address(ann))

    extension = Extension.objects.get()
    assert (extension.due_on, extension.reason) == (date(2026, 12, 24), "Ill")
    assert "due 24 December 2026" in text(client.get(address(ann)))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"due_on": "2026-12-14", "reason": "Ill"}, "It can’t be before 15 December 2026."),
        ({"due_on": "2026-12-15", "reason": "Ill"}, "It is due on that day already, or later."),
        ({"due_on": "", "reason": "Ill"}, "Say until when they have time."),
        ({"due_on": "2026-12-24", "reason": ""}, "Say why."),
    ],
)
def test_more_time_that_makes_no_sense_is_refused_at_the_field(client, ann, assignment, typed, said):
    response = client.post(address(ann, "extend", assignment.program.slug), typed)

    assert response.status_code == 422
    page = text(response)
    assert page.count(said) == 2
    assert all(f'value="{value}"' in page for value in typed.values() if value)
    assert not Extension.objects.exists()


def test_nothing_is_given_for_what_is_done_meanwhile(client, supervisor, ann, assignment):
    release_assignment(assignment=assignment, by=supervisor, now=NOW)

    page = client.post(
        address(ann, "extend", assignment.program.slug), {"due_on": "2026-12-24", "reason": "Ill"}, follow=True
    )

    assert "It is done or released already" in text(page)


def test_a_talk_is_noted_once(client, supervisor, ann):
    typed = {"held_on": "2026-11-23", "text": "First sorry, then the fix."}

    client.post(address(ann, "coaching"), typed)
    client.post(address(ann, "coaching"), typed)

    talk = CoachingTalk.objects.get()
    assert (talk.learner, talk.held_by, talk.held_on) == (ann, supervisor, date(2026, 11, 23))
    assert "First sorry, then the fix." in text(client.get(address(ann)))


def test_a_talk_of_tomorrow_or_without_words_is_refused(client, ann):
    response = client.post(address(ann, "coaching"), {"held_on": "2026-11-25", "text": " "})

    assert response.status_code == 422
    assert "This day is still to come." in text(response)
    assert "Write a sentence or two." in text(response)
    assert not CoachingTalk.objects.exists()


def test_reminded_once_a_day(client, ann, assignment):
    button = address(ann, "remind", assignment.program.slug)

    first, second = client.post(button, follow=True), client.post(button, {"from": "team"}, follow=True)

    assert "Ann is reminded of “Welcome to the shop”." in text(first)
    assert second.redirect_chain == [("/team/", 302)]
    assert "Ann was reminded of “Welcome to the shop” today already." in text(second)
    assert Notice.objects.filter(kind="reminder", recipient=ann).count() == 1
    with clock.set_to(NOW + DAY):
        client.post(button)
    assert Notice.objects.filter(kind="reminder", recipient=ann).count() == 2
    assert "A reminder: “Welcome to the shop” is waiting for you" in text(signed_in(ann).get("/notices/"))


def test_nobody_is_reminded_of_what_they_need_not_do(client, supervisor, ann, assignment):
    waive(ann, assignment.program, by=supervisor)

    page = client.post(address(ann, "remind", assignment.program.slug), follow=True)

    assert "Ann has nothing to do in “Welcome to the shop” just now." in text(page)
    assert not Notice.objects.filter(kind="reminder").exists()


def test_leave_is_recorded_and_may_not_run_into_another(client, ann):
    client.post(address(ann, "leave"), {"starts_on": "2026-12-01", "ends_on": "2026-12-10"})
    response = client.post(address(ann, "leave"), {"starts_on": "2026-12-05", "ends_on": ""})
    backwards = client.post(address(ann, "leave"), {"starts_on": "2027-12-05", "ends_on": "2027-12-04"})

    assert LeaveOfAbsence.objects.get().ends_on == date(2026, 12, 10)
    assert "Another leave is on record for some of these days." in text(response)
    assert "This is before the first day." in text(backwards)


def test_a_waiver_with_its_evidence_and_its_end(client, ann, assignment):
    scan = SimpleUploadedFile("Ann's diploma.exe", PDF)
    typed = {"starts_on": "2026-11-24", "ends_on": "", "reason": "Trained at the bank", "evidence": scan}
    client.post(address(ann, "waive", assignment.program.slug), typed)

    waiver = Waiver.objects.get()
    file = client.get(address(ann, "evidence", waiver.public_id))
    assert b"".join(file) == PDF
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"] == 'attachment; filename="evidence.pdf"'
    assert signed_in(TeamSupervisionFactory().user).get(address(ann, "evidence", waiver.public_id)).status_code == 404
    assert "diploma" not in waiver.evidence.name
    assert "Waived" in text(client.get(address(ann)))

    for _click in range(2):
        client.post(address(ann, "end_waiver", waiver.public_id), {"reason": "Wrong person"})
    assert WaiverEnd.objects.get().ended_on == NOW.date()
    assert "Waiver ended: Welcome to the shop" in titles(client, ann)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"MZ a program", "This is neither a PDF nor a PNG or JPEG picture."),
        (PDF + b" " * 10 * 1024 * 1024, "This file is too large. Send one of up to 10 MB."),
    ],
)
def test_evidence_of_another_kind_or_too_large_is_refused(client, ann, assignment, content, said):
    typed = {"starts_on": "2026-11-24", "reason": "So", "evidence": SimpleUploadedFile("scan.pdf", content)}

    response = client.post(address(ann, "waive", assignment.program.slug), typed)

    assert response.status_code == 422
    assert said in text(response)
    assert not Waiver.objects.exists()


def test_a_programme_is_assigned_and_released_by_hand(client, ann):
    program = make_program(publish_chapter())
    assert list(client.get(address(ann, "assign")).context["form"].offered) == [program]
    for _click in range(2):
        client.post(address(ann, "assign"), {"program": program.pk, "reason": "Counter"})
    assert ann.assignments.get().reason == "Counter"
    assert not client.get(address(ann, "assign")).context["form"].offered

    for _click in range(2):
        client.post(address(ann, "release", program.slug), {"reason": "Too early"})
    assert AssignmentRelease.objects.get().reason == "Too early"


def test_what_a_rule_assigned_or_is_done_is_not_released_by_hand(client, ann, assignment):
    sign(ann, assignment.program.activities.get().chapter)
    form = address(ann, "release", assignment.program.slug)
    assert "It is done or released already" in text(client.post(form, {"reason": "x"}, follow=True))

    ProgramAssignment.objects.filter(pk=assignment.pk).update(is_by_rule=True)
    assert client.get(form).status_code == 404


def test_what_is_not_theirs_is_not_there(client, supervisor, ann, team, assignment):
    ben = MembershipFactory(team=team).user
    waiver = waive(ann, assignment.program, by=supervisor)

    for action, named in (
        ("extend", assignment.program.slug),
        ("waive", "nope"),
        ("end_waiver", waiver.public_id),
        ("evidence", waiver.public_id),
    ):
        assert client.get(address(ben, action, named)).status_code == 404


def test_what_was_learnt_elsewhere_is_recorded_once_and_counts(client, ann):
    chapter, quiz = publish_chapter(), quiz_factory.publish_quiz()
    assignment = assign(make_program(chapter, quiz, title="Two parts"), ann)
    form = address(ann, "prior_learning", "two-parts")
    first, second = assignment.program.activities.all()
    scan = SimpleUploadedFile("diploma.pdf", PDF)
    typed = {"activities": [first.pk], "learnt_on": "2026-03-01", "reason": "At the bank"}

    for _click in range(2):
        scan.seek(0)
        assert client.post(form, {**typed, "evidence": scan})["Location"] == address(ann)
    learning = PriorLearning.objects.get()
    assert (learning.reason, learning.completions.get().activity) == ("At the bank", first)
    assert b"".join(client.get(address(ann, "evidence", learning.public_id))) == PDF
    assert client.get(form).context["form"].offered == [second]

    client.post(form, {**typed, "activities": [second.pk]})
    assert "Certified" in text(client.get(address(ann)))
    assert "It is done or released already" in text(client.get(form, follow=True))
    closed = client.post(form, {**typed, "activities": [second.pk], "reason": "Elsewhere"}, follow=True)
    assert "It is done or released already" in text(closed)


def test_prior_learning_that_makes_no_sense_is_refused_at_the_field(client, ann, assignment):
    elsewhere = make_program(publish_chapter("Other", ("OTH-1",)), title="Other").activities.get()

    response = client.post(
        address(ann, "prior_learning", assignment.program.slug),
        {"activities": [elsewhere.pk], "learnt_on": "2026-11-25", "reason": ""},
    )

    assert response.status_code == 422
    page = text(response)
    assert "This day is still to come." in page
    assert "Say where they learnt it." in page
    assert 'href="#id_activities"' in page
    empty = client.post(address(ann, "prior_learning", assignment.program.slug), {})
    assert "Tick what they have learnt." in text(empty)
    assert not PriorLearning.objects.exists()


def test_released_from_a_refresher_the_certificate_still_holds(client, supervisor, ann):
    chapter = publish_chapter()
    program = make_program(chapter, title="Yearly", window_days=60)
    assign(program, ann, now=NOW - 340 * DAY)
    with clock.set_to(NOW - 340 * DAY):
        sign(ann, chapter, now=NOW - 340 * DAY)
    open_refreshers(now=NOW)
    release_assignment(assignment=ann.assignments.get(cycle=2), by=supervisor, now=NOW)

    said = "certificate valid until 19 December 2026"
    assert said in text(client.get(address(ann)))
    assert said in text(signed_in(ann).get("/my/"))
    with clock.set_to(NOW + 60 * DAY):
        assert said not in text(client.get(address(ann)))
