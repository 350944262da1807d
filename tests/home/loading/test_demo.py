"""The demo: what it holds, that a second run changes nothing, and where it is refused."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from statistics import mean
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError
from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from wagtail.models import Locale

from certificates.models import Certificate
from home.selectors import content
from home.services.company import PASSWORD
from home.services.demo import refuse_demo_accounts_in_production
from people.models import User
from quizzes.domain.keys import otherwise
from quizzes.domain.kinds import KINDS
from quizzes.domain.statistics.items import Shown
from quizzes.models import Question, QuestionClause, QuestionVersion, QuizAttempt, QuizPage
from standards.models import (
    AcknowledgedClause,
    Acknowledgement,
    ChapterPage,
    Clause,
    ClauseVersion,
    ClauseVersionText,
    Edition,
    Enquiry,
)
from standards.selectors.chapters import current_edition, live_chapters_unscoped
from standards.selectors.clauses import clause_ids_in_force, clauses_in_force
from standards.selectors.reading import unsigned_clauses_for_learner
from tests.factories.people import NOW, UserFactory
from tests.factories.standards import publish_chapter
from tests.home.loading.commands import rows, run
from training.domain.scenario.linting import lint
from training.enums import EndingKind
from training.models import Playthrough, ProgramAssignment, ScenarioPage
from training.models.assignments import Completion, ProgramCompletion
from training.selectors.checking import checked_scenarios_unscoped
from training.selectors.play_report import played_scenarios_unscoped

SIXTY = 60
"""As many as tell the demo's stories; the other shops take as long again, and their file has a test of its own."""
LOGINS = ("newhire", "learner", "supervisor", "editor", "approver", "admin")


@pytest.fixture(scope="class")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield run("load_demo", people=SIXTY)
        transaction.set_rollback(True)


@pytest.mark.usefixtures("demo")
class TestDemo:
    """Loaded once for all of these: it takes a while. They read; what one writes it takes back."""

    def test_it_says_what_it_loaded_and_how_to_sign_in(self, demo):
        role_plays = len(content.scenarios("en"))
        assert (
            f"Loaded 12 chapters, 3 lessons, {role_plays} role-plays, 13 quizzes, 1 programmes, and a year of history."
            in demo
        )
        assert all(f"{name}@piawai.example" in demo for name in LOGINS)
        assert f"password {PASSWORD}" in demo

    def test_the_standards_are_whole(self):
        assert (live_chapters_unscoped().count(), Clause.objects.filter(retired_at=None).count()) == (12, 41)
        assert current_edition().clauses.count() == 41
        texts = [version.texts.get(locale=Locale.get_default()).content for version in _versions_in_force()]
        assert [text for text in texts if not all(text.as_mapping().values())] == []
        assert [text.statement for text in texts if len(text.statement.split()) > 40] == []

    def test_what_is_in_force_is_what_the_content_files_say(self):
        files = {clause["code"]: clause for chapter in content.chapters("en") for clause in chapter["clauses"]}
        in_force = clauses_in_force(None, Locale.get_default())

        assert {clause.code for clause in in_force} == set(files)
        assert [clause.code for clause in in_force if clause.content.statement != files[clause.code]["statement"]] == []

    def test_one_chapter_is_there_in_malay_as_it_stands_today(self):
        malay = Locale.objects.get(language_code="ms")
        in_malay = [clause.code for clause in clauses_in_force(None, malay) if clause.language == "ms"]

        assert in_malay == ["REL-1", "REL-2", "REL-3", "REL-4"]
        assert ChapterPage.objects.get(locale=malay).is_translated
        assert set(ClauseVersionText.objects.filter(locale=malay).values_list("created_at", flat=True)) == {NOW}

    def test_the_standards_came_to_it_in_four_editions(self):
        changed = ClauseVersion.objects.filter(number__gt=1).order_by("published_at", "clause__code")

        assert list(Edition.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]
        assert [(version.clause.code, version.change_kind) for version in changed.select_related("clause")] == [
            ("TIM-2", "substantive"),
            ("TIM-4", "editorial"),
            ("REL-2", "substantive"),
            ("RES-3", "substantive"),
        ]
        assert all(version.reason and version.published_by for version in changed)
        # Farah writes, Chee Keong approves.
        approvals = ClauseVersion.objects.values_list("approved_by__email", "authors__user__email")
        assert set(approvals) == {("approver@piawai.example", "editor@piawai.example")}

    def test_people_are_at_each_stage_of_the_last_change(self):
        chapter = ChapterPage.objects.get(slug="results-and-complaints").translation_key
        signed = Acknowledgement.objects.filter(chapter_key=chapter)
        since = signed.filter(acknowledged_at__gte=current_edition().published_at)
        learners = User.objects.filter(assignments__isnull=False).distinct()
        waiting = [person for person in learners if unsigned_clauses_for_learner(person, chapter)]

        assert since.filter(learner__in=signed.exclude(pk__in=since).values("learner")).count() >= 5
        assert sum(signed.filter(learner=person).exists() for person in waiting) >= 5
        assert sum(not signed.filter(learner=person).exists() for person in waiting) >= 5

    def test_everybody_signed_what_was_in_force_then(self):
        later = ClauseVersion.objects.filter(
            clause=OuterRef("version__clause"), number__gt=OuterRef("version__number")
        ).order_by("number")
        signed = AcknowledgedClause.objects.annotate(until=Subquery(later.values("published_at")[:1]))

        assert signed.filter(version__published_at__gt=F("acknowledgement__acknowledged_at")).count() == 0
        assert signed.filter(until__lte=F("acknowledgement__acknowledged_at")).count() == 0

    def test_staff_have_asked_and_were_answered(self):
        asked = list(Enquiry.objects.with_outcome().order_by("asked_at"))

        assert Counter(enquiry.outcome for enquiry in asked) == {"shown": 3, None: 3, "private": 1, "closed": 1}
        assert all(NOW - timedelta(days=400) < enquiry.asked_at < NOW for enquiry in asked)
        assert [enquiry.version.number for enquiry in asked if enquiry.version.clause.code == "TIM-2"] == [1]

    def test_role_plays_have_eight_scenes_or_more(self):
        scenes = [sum(block.block_type == "scene" for block in page.nodes) for page in ScenarioPage.objects.live()]

        assert len(scenes) == len(content.scenarios("en"))
        assert min(scenes) >= 8

    def test_role_plays_end_well_and_badly_and_in_between_and_have_no_fault(self):
        in_force = clause_ids_in_force()

        for page in ScenarioPage.objects.live():
            assert {ending.kind for ending in page.story.endings} == set(EndingKind.values), page.slug
            assert lint(page.story, in_force, mastery_score=page.mastery_score) == [], page.slug

    def test_role_plays_were_looked_through_since_clauses_changed(self):
        assert [said for checked in checked_scenarios_unscoped() for said in checked.said] == []

    def test_role_plays_were_played_often_enough_to_learn_from(self):
        played = [one.play for one in played_scenarios_unscoped(NOW) if one.play.shown is Shown.ALL]
        assert len(played) >= 3
        assert all(sum(play.endings.values()) == play.runs for play in played)

    def test_quizzes_ask_ten_questions_or_eleven_of_every_kind_and_about_every_clause(self):
        assert {quiz.questions.count() for quiz in QuizPage.objects.live()} == {10, 11}
        published = Question.objects.filter(live=True)
        assert published.count() >= 120
        assert set(published.values_list("kind", flat=True)) == set(KINDS)
        assert not Clause.objects.filter(retired_at=None).exclude(
            pk__in=QuestionClause.objects.filter(question__live=True).values("clause")
        )

    def test_every_answer_that_can_be_given_has_feedback(self):
        for version in QuestionVersion.objects.select_related("answer_key"):
            key, content = version.answer_key.content, version.texts.get().content
            ids = {one.id for one in key.accepted} | ({otherwise()} if key.accepted and not content.parts else set())
            if version.kind in {"single", "multiple", "true_false", "ordering"}:
                ids |= set(content.option_ids)
            if version.kind in {"matching", "spot_it"}:
                ids |= set(content.part_ids)
            if version.kind == "gaps":
                ids |= set(content.option_ids) | {
                    otherwise(part.id) for part in content.parts if not content.options_of(part.id)
                }
            assert ids <= set(key.said), version
            assert key.general, version

    def test_a_year_of_answers_shows_the_two_questions_that_are_not_as_they_should_be(self):
        def first_marks(import_key):
            marks = defaultdict(list)
            attempts = QuizAttempt.objects.filter(
                grades__isnull=False, questions__version__question__import_key=import_key
            )
            for attempt in attempts.order_by("submitted_at"):
                rows = {version: Fraction(mark) for _, version, mark, _ in attempt.grades.get().marks}
                asked = attempt.questions.get(version__question__import_key=import_key).version_id
                marks[attempt.learner_id].append((rows.pop(asked), sum(rows.values())))
            return [goes[0] for goes in marks.values()]

        ticked_wrong = first_marks("app-behind-mr-lim")
        assert len(ticked_wrong) >= 30
        assert mean(mark for mark, _ in ticked_wrong) < 0.3
        assert 0.1 < mean(mark for mark, _ in first_marks("rel-lead-in-the-rain")) < 0.5

    def test_sixty_people_six_of_whom_can_sign_in(self, client):
        people = User.objects.all()

        assert people.count() == 60
        assert sorted(person.email for person in people if person.has_usable_password()) == sorted(
            f"{name}@piawai.example" for name in LOGINS
        )
        assert client.login(email="learner@piawai.example", password=PASSWORD)
        assert not people.filter(is_superuser=True).exists()

    @pytest.mark.parametrize(
        ("model", "field"),
        [
            (Acknowledgement, "acknowledged_at"),
            (QuizAttempt, "started_at"),
            (Playthrough, "started_at"),
            (Completion, "completed_at"),
            (ProgramCompletion, "completed_at"),
            (Certificate, "issued_at"),
            (ProgramAssignment, "assigned_at"),
        ],
    )
    def test_history_lies_within_the_last_400_days(self, model, field):
        moments: list[datetime] = list(model.objects.values_list(field, flat=True))

        assert len(moments) > 20
        assert min(moments) >= NOW - timedelta(days=400)
        assert max(moments) <= NOW

    def test_every_way_that_training_goes_is_there(self):
        from core.enums import Status
        from training.selectors.my_training import my_training_for_learner

        shown = set()
        for learner in User.objects.filter(assignments__isnull=False).distinct():
            training = my_training_for_learner(learner, NOW)
            shown |= {card.status for card in (*training.open, *training.closed)}

        assert shown == {
            Status.ASSIGNED,
            Status.IN_PROGRESS,
            Status.OVERDUE,
            Status.CERTIFIED,
            Status.REFRESH,
            Status.EXPIRED,
            Status.RELEASED,
        }

    @pytest.mark.parametrize("command", ["load_demo", "load_starter"])
    def test_a_second_run_changes_no_row_anywhere(self, command):
        before = rows()

        said = run(command)

        assert rows() == before
        assert said.startswith("The demo is there already" if command == "load_demo" else "Loaded 0 chapters") or (
            "nothing was changed" in said
        )

    def test_production_refuses_to_serve_its_accounts(self, settings):
        settings.SETTINGS_MODULE = "config.settings.production"

        with pytest.raises(ImproperlyConfigured, match="demo accounts"):
            refuse_demo_accounts_in_production()

    def test_development_serves_them(self):
        refuse_demo_accounts_in_production()


def _versions_in_force() -> list[Any]:
    return [
        clause.current_version for clause in Clause.objects.filter(retired_at=None).select_related("current_version")
    ]


@pytest.mark.django_db
class TestRefusal:
    def test_production_serves_without_demo_accounts_and_with_them_switched_off(self, settings):
        settings.SETTINGS_MODULE = "config.settings.production"
        UserFactory(email="siti@contoh.example"), UserFactory(email="learner@piawai.example", is_active=False)

        refuse_demo_accounts_in_production()


def test_it_is_not_loaded_with_fewer_people_than_its_stories_need():
    with pytest.raises(CommandError, match="60 people or more"):
        run("load_demo", people=59)


@pytest.mark.django_db
def test_it_is_not_loaded_beside_standards_of_somebody_else():
    publish_chapter("Reliability", ("REL-1",))
    before = rows()

    with pytest.raises(CommandError, match="empty database"):
        run("load_demo")

    assert rows() == before
