"""The rules of `architecture.py`, over every file of the apps; and each rule over a snippet that breaks it."""

from __future__ import annotations

import pytest

from tests.architecture import (
    RULES,
    Rule,
    Source,
    clock_read_elsewhere,
    facts_erased_elsewhere,
    page_context_about_the_viewer,
    queries_outside_selectors,
    services_by_position,
    services_without_now,
    sources,
    stamps_itself,
    writes_outside_services,
)

pytestmark = pytest.mark.no_cover  # it reads the sources and runs none of them

# Wagtail's own saves of content, and what only looks like a write. Each entry: (rule, file, words of the fault) → why.
ALLOWED: dict[tuple[str, str, str], str] = {
    ("services_without_now", "quizzes/services/recall.py", "record_recalls()"): "each exposure brings its own moment",
    ("services_without_now", "quizzes/services/recall.py", "rebuild_recall()"): "the facts bring their own moments",
    ("services_without_now", "training/services/status.py", "keep_status()"): "it follows from facts, whatever the day",
    (
        "services_without_now",
        "training/services/status.py",
        "rebuild_status()",
    ): "it follows from facts, whatever the day",
    ("services_without_now", "people/services/second_factor.py", "end_sessions()"): "it counts up, whatever the time",
}


def is_allowed(rule: Rule, fault: str) -> bool:
    return any(
        rule.__name__ == name and fault.startswith(f"{path}:") and words in fault for name, path, words in ALLOWED
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_sources_keep_the_rule(rule: Rule) -> None:
    found = [fault for source in sources() for fault in rule(source) if not is_allowed(rule, fault)]
    assert not found, "\n" + "\n".join(found)


def test_every_exception_is_still_needed() -> None:
    found = [(rule.__name__, fault) for rule in RULES for source in sources() for fault in rule(source)]
    stale = [
        entry
        for entry in ALLOWED
        if not any(name == entry[0] and fault.startswith(f"{entry[1]}:") and entry[2] in fault for name, fault in found)
    ]
    assert stale == []


def test_sources_are_found() -> None:
    assert {source.path.split("/")[0] for source in sources()} >= {"core", "people", "standards"}


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (writes_outside_services, "quizzes/views/attempts.py", "def post(r):\n    attempt.save()"),
        (writes_outside_services, "quizzes/forms.py", "def clean(self):\n    Attempt.objects.create(quiz=1)"),
        (writes_outside_services, "people/viewsets.py", "team.members.update(ends_on=None)"),
        (writes_outside_services, "home/reports.py", "Row.objects.get_or_create(pk=1)"),
        (writes_outside_services, "core/templatetags/piawai.py", "def seen(page):\n    page.views.bulk_create([])"),
        (writes_outside_services, "core/middleware.py", "request.session_row.delete()"),
        (writes_outside_services, "standards/receivers.py", "page.save_revision().publish()"),
        (queries_outside_selectors, "quizzes/views.py", "Quiz.objects.all()"),
        (queries_outside_selectors, "quizzes/forms.py", "quizzes.filter(live=True)"),
        (queries_outside_selectors, "training/views/my.py", "get_object_or_404(Program, pk=1)"),
        (queries_outside_selectors, "home/templatetags/home.py", "def n(user):\n    return user.teams.order_by('pk')"),
        (queries_outside_selectors, "core/middleware.py", "Site._default_manager.first()"),
        (clock_read_elsewhere, "quizzes/services.py", "from django.utils import timezone\ntimezone.now()"),
        (clock_read_elsewhere, "quizzes/models/attempts.py", "at = DateTimeField(default=timezone.now)"),
        (clock_read_elsewhere, "quizzes/domain/marks.py", "import datetime\ndatetime.datetime.now(UTC)"),
        (clock_read_elsewhere, "people/selectors.py", "from datetime import date\ndate.today()"),
        (clock_read_elsewhere, "people/selectors.py", "from django.utils.timezone import now"),
        (clock_read_elsewhere, "people/selectors.py", "from django.db.models.functions import Now"),
        (clock_read_elsewhere, "people/domain/due.py", "import time\ntime.time()"),
        (stamps_itself, "quizzes/models/attempts.py", "at = DateTimeField(auto_now_add=True)"),
        (services_by_position, "quizzes/services.py", "def grade(attempt, *, now): ..."),
        (services_by_position, "quizzes/services/grading.py", "def grade(*attempts, now): ..."),
        (services_without_now, "quizzes/services.py", "def grade(*, attempt):\n    attempt.save()"),
        (
            services_without_now,
            "quizzes/services.py",
            "def grade(*, attempt):\n    _keep(attempt)\ndef _keep(attempt):\n    attempt.save()",
        ),
        (facts_erased_elsewhere, "training/services/programs.py", "rows.erase_columns(reason='')"),
        (
            page_context_about_the_viewer,
            "standards/models/pages.py",
            "class ChapterPage:\n    def get_context(self, request):\n        return {'done': request.user.done}",
        ),
    ],
)
def test_rule_refuses(rule: Rule, path: str, text: str) -> None:
    assert rule(Source(path, text))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("quizzes/services.py", "def grade(*, attempt, now):\n    attempt.save(update_fields=['graded_at'])"),
        ("quizzes/services.py", "def _keep(attempt):\n    attempt.save()"),
        ("quizzes/selectors.py", "def open_attempts(*, viewer):\n    return Attempt.objects.filter(learner=viewer)"),
        ("quizzes/views.py", "get_object_or_404(attempts_for(viewer), pk=request.GET.get('pk'))"),
        ("core/templatetags/piawai.py", "@register.filter\ndef percent(value): ..."),
        ("core/clock.py", "from django.utils import timezone\ndef now():\n    return timezone.now()"),
        ("people/services.py", "from core import clock\nclock.now()"),
        ("people/views/team.py", "from core import clock\nclock.now()"),
        ("people/viewsets.py", "queryset = Team.objects.order_by('name')"),
    ],
)
def test_rules_accept(path: str, text: str) -> None:
    assert [fault for rule in RULES for fault in rule(Source(path, text))] == []
