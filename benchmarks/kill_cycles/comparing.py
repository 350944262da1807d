"""What was confirmed against what is stored. Imported once Django is set up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from benchmarks.kill_cycles.learners import ANSWERED, CHOSEN, HANDED_IN, SIGNED, Learner
from certificates.models import Certificate, CertificateFile
from quizzes.models import QuizAttempt, Response
from standards.models import Acknowledgement
from training.models import PlaythroughStep, ProgramCompletion

UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


@dataclass
class Outcome:
    confirmed: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)


def compare(learner: Learner) -> Outcome:
    """Each confirmed write of a learner is stored once, and no other is."""
    confirmed, there = Counter(learner.confirmed), Counter(stored(learner.pk))
    return Outcome(
        confirmed=confirmed.total(),
        lost=[f"{learner.pk}: {' '.join(each)}" for each in (confirmed - there).elements()],
        doubled=[f"{learner.pk}: {' '.join(each)}" for each in (there - confirmed).elements()],
    )


def stored(learner: int) -> list[tuple[str, str]]:
    signed = Acknowledgement.objects.filter(learner=learner).count()
    answers = Response.objects.filter(asked__attempt__learner=learner).select_related("asked")
    steps = PlaythroughStep.objects.filter(playthrough__learner=learner)
    handed_in = QuizAttempt.objects.filter(learner=learner, submitted_at__isnull=False).count()
    return [
        *[(SIGNED, "reliability")] * signed,
        *[(ANSWERED, f"{one.asked.position}:{one.answer[0].value}") for one in answers],
        *[(HANDED_IN, "reliability")] * handed_in,
        *[(CHOSEN, f"{one.position}:{one.choice_key}") for one in steps],
    ]


def compare_certificates(people: int) -> Outcome:
    """Each who signed has completed the programme, and has one certificate with one file."""
    files = CertificateFile.objects.exclude(rendered_at=None).values_list("certificate__learner", flat=True)
    completed = ProgramCompletion.objects.values_list("assignment__learner", flat=True)
    issued = Certificate.objects.values_list("learner", flat=True)
    outcome = Outcome(confirmed=people)
    for what, rows in (("completion", completed), ("certificate", issued), ("file", files)):
        counts = Counter(rows)
        outcome.lost += [f"a {what}"] * (people - len(counts))
        outcome.doubled += [f"{person}: {what}" for person, number in counts.items() if number > 1]
    return outcome


def jobs_are_done() -> bool:
    return not DBTaskResult.objects.filter(status__in=UNFINISHED).exists()


def failed_jobs() -> int:
    return DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count()
