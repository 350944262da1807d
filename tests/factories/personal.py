"""Somebody with a word of theirs in every place that holds one; and a search through all that is stored."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection
from django.db.models import CharField, TextField
from django.test import Client
from wagtail.log_actions import log
from wagtail.models import (
    Comment,
    CommentReply,
    Page,
    PageLogEntry,
    Task,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowState,
)
from wagtail.users.models import UserProfile

from certificates.services import render_certificate
from core.models import Fact, LongJob
from outbox.models import Mail, Notice, NoticePreference
from people.contributions import PersonalData, personal_data
from people.models import User
from people.selectors.personal_data import model_of, rows_about
from people.services import invite_person
from standards.models import Clause
from standards.services.reviews import record_review
from tests.access.world import World, make_world
from tests.factories.enquiries import reply
from tests.factories.people import NOW, UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import publish_chapter
from training.models import Extension, PriorLearning, Waiver, WaiverEnd
from training.services.assigning import release_assignment
from training.services.coaching import note_coaching_talk

MARK = "zqmark"
NAME, EMAIL, NUMBER = f"{MARK.title()} binti Contoh", f"{MARK}@example.com", f"{MARK}-1042"


def make_marked_world() -> World:
    """The world of the access test, whose learner has done and left everything that somebody can, all of it marked."""
    world = make_world()
    learner = world.people["learner"]
    User.objects.filter(pk=learner.pk).update(
        name=NAME, short_name=MARK, email=EMAIL, employee_number=NUMBER, extra_time=50
    )
    learner.refresh_from_db()
    _work_of(world, learner)
    _decided_about(world, learner)
    _traces_of(world, learner)
    _sent_to(world, learner)
    for entry in personal_data().values():
        _mark(entry, learner)
    _name_elsewhere(world)
    return world


def _work_of(world: World, learner: User) -> None:
    administrator = world.people["administrator"]
    program = make_program(publish_chapter("Plain", ("PLA-1",)), title="Released")
    release_assignment(assignment=assign(program, learner, reason="why"), by=administrator, now=NOW, reason="why")
    reply(world.objects["enquiry"], text=f"{NAME}, you do it at once.")
    clause = Clause.objects.select_related("current_version").get(code="REL-1")
    record_review(
        clause=clause,
        version=clause.current_version_id,
        next_review_on=NOW.date().replace(year=2027),
        note="seen",
        by=learner,
        now=NOW,
    )
    render_certificate(certificate_id=world.objects["certificate"].pk, now=NOW)
    invite_person(user=learner, by=administrator, now=NOW)


def _decided_about(world: World, learner: User) -> None:
    program = world.objects["program"]
    granted = {"granted_by": world.people["administrator"], "granted_at": NOW, "reason": "why"}
    Extension.objects.create(assignment=learner.assignments.first(), due_on=NOW.date(), **granted)
    waiver = Waiver(learner=learner, program=program, starts_on=NOW.date(), **granted)
    waiver.evidence.save(f"{MARK}.txt", ContentFile(MARK.encode()))
    WaiverEnd.objects.create(waiver=waiver, ended_on=NOW.date(), **granted)
    learnt = PriorLearning(learner=learner, learnt_on=NOW.date(), **granted)
    learnt.evidence.save(f"{MARK}.txt", ContentFile(MARK.encode()))
    supervisor = world.people["supervisor"]
    note_coaching_talk(learner=learner, held_on=NOW.date(), text="We spoke.", by=supervisor, now=NOW)


def _sent_to(world: World, learner: User) -> None:
    mail = Mail.objects.create(recipient=learner, created_at=NOW)
    told = {"kind": "overdue", "url": "/my/", "created_at": NOW}
    Notice.objects.create(recipient=learner, key="own", context={"name": MARK}, mail=mail, **told)
    NoticePreference.objects.create(user=learner, kind="digest")
    # A supervisor was told of them, with a date, which is no plain JSON.
    about = {"name": NAME, "on": NOW.date()}
    Notice.objects.create(recipient=world.people["supervisor"], key="theirs", context=about, **told)
    LongJob.objects.create(kind="import", by=learner, created_at=NOW)
    LongJob.objects.create(kind="import", created_at=NOW, result={"said": [f"{NAME}: no team"]})
    account = SocialAccount.objects.create(user=learner, provider="company", uid=MARK, extra_data={"name": MARK})
    SocialToken.objects.create(account=account, token=MARK)
    Authenticator.objects.create(user=learner, type=Authenticator.Type.TOTP, data={"secret": MARK})


def _traces_of(world: World, learner: User) -> None:
    chapter = Page.objects.get(pk=world.objects["chapter"].pk).specific
    comment = Comment.objects.create(page=chapter, user=learner, text=MARK, contentpath="title")
    answer = CommentReply.objects.create(comment=comment, user=learner, text=MARK)
    comment.log_create(user=learner)
    answer.log_create(user=learner)
    by_another = CommentReply.objects.create(comment=comment, user=world.people["editor"], text="Thank you.")
    by_another.log_create(user=world.people["editor"])
    chapter.save_revision(user=learner)
    task = Task.objects.create(name="Look at it", content_type=ContentType.objects.get_for_model(Task))
    state = WorkflowState(
        content_type=chapter.get_content_type(),
        base_content_type=chapter.get_base_content_type(),
        object_id=str(chapter.pk),
        workflow=Workflow.objects.create(name="By somebody"),
        requested_by=learner,
        status=WorkflowState.STATUS_NEEDS_CHANGES,
    )
    WorkflowState.objects.bulk_create([state])
    TaskState.objects.create(
        workflow_state=state,
        revision=chapter.latest_revision,
        task=task,
        finished_by=learner,
        status=TaskState.STATUS_REJECTED,
        content_type=ContentType.objects.get_for_model(TaskState),
    )
    log(chapter, "wagtail.workflow.reject", user=learner, data={"comment": MARK, "workflow": {"id": 1}})
    log(learner, "wagtail.edit", user=world.people["administrator"], data={"changed": [MARK]})
    EmailAddress.objects.create(user=learner, email=EMAIL)
    browser = {"user_agent": MARK, "username": EMAIL, "ip_address": "127.0.0.1", "http_accept": "*", "path_info": "/"}
    AccessAttempt.objects.create(**browser, get_data="", post_data=f"login={EMAIL}", failures_since_start=1)
    AccessFailureLog.objects.create(**browser)
    AccessLog.objects.create(**browser)
    UserProfile.get_for_user(learner).avatar.save(f"{MARK}.png", ContentFile(MARK.encode()))
    UploadedFile(uploaded_by_user=learner, for_content_type=ContentType.objects.get_for_model(User)).file.save(
        f"{MARK}.txt", ContentFile(MARK.encode())
    )
    Client().force_login(learner)


def _mark(entry: PersonalData, person: User) -> None:
    """The mark, in every personal text of the rows about the person: there must be such a row."""
    texts = [model_of(entry)._meta.get_field(name) for name in entry.personal]
    marks = {field.name: MARK for field in texts if type(field) in (CharField, TextField)}
    if marks and model_of(entry) is not User:
        assert write(model_of(entry), rows_about(entry, person), marks), f"nothing of {entry.model} to mark"


def write(model: Any, rows: Any, values: dict[str, Any]) -> int:
    pks = list(rows.values_list("pk", flat=True))
    found = model._default_manager.filter(pk__in=pks)
    return found.erase_columns(**values) if issubclass(model, Fact) else found.update(**values)


def _name_elsewhere(world: World) -> None:
    """Others name the person, each in their own words: in a draft, in the log, in a reason."""
    stranger, editor = world.people["stranger"], world.people["editor"]
    assign(world.objects["program"], stranger, reason=f"As {NAME} ({EMAIL}, {NUMBER}) does it")
    chapter = Page.objects.get(pk=world.objects["chapter"].pk).specific
    chapter.summary = f"Written with {NAME}"
    chapter.save_revision(user=editor)
    log(chapter, "wagtail.edit", user=editor, data={"said": [f"by {NAME}"]})
    assert PageLogEntry.objects.filter(data__icontains=MARK).exists()
    UserFactory(name=f"{NAME}han")  # another name that begins with theirs


def stored_with(mark: str) -> list[str]:
    """table.column of the database, and files, that hold these letters, in capitals or not."""
    return [*_columns_with(mark), *_files_with(mark)]


def _columns_with(mark: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for column in connection.introspection.get_table_description(cursor, table):
                name = connection.ops.quote_name(column.name)
                query = (
                    f"SELECT count(*) FROM {connection.ops.quote_name(table)} WHERE lower(CAST({name} AS TEXT)) LIKE %s"  # noqa: S608
                )
                cursor.execute(query, [f"%{mark.lower()}%"])
                if cursor.fetchone()[0]:
                    yield f"{table}.{column.name}"


def _files_with(mark: str) -> Iterator[str]:
    for root in (settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT):
        for path in Path(root).rglob("*"):
            if mark.lower() in path.name.lower() or (path.is_file() and mark.encode() in path.read_bytes().lower()):
                yield str(path.relative_to(root))
