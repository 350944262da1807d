from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.contributions import register_due_work
from outbox.contributions import register_notice_kind
from people.contributions import PersonalData, register_personal_data

DETAILS = ("arguments", "place", "result", "error")
"""Of work in the background: it may be about others."""


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from people import checks, receivers  # noqa: F401  (registers them)
        from people.services import (
            SECURITY,
            delete_erased_files,
            end_due_employments,
            forget_old_traces,
            forget_uploads,
            send_due_invitations,
        )

        register_notice_kind(SECURITY)
        register_due_work("People who left", end_due_employments)
        register_due_work("Invitations sent", send_due_invitations)
        register_due_work("Files that nobody brought in, deleted", forget_uploads)

        register_due_work("Files of erased people, deleted", delete_erased_files)
        register_due_work("Traces older than they are kept, deleted", forget_old_traces)
        register_personal_data(
            PersonalData(
                "people.User",
                (),
                ("email", "name", "short_name", "extra_time", "employee_number", "employed_on", "left_on"),
                names=("email", "name", "employee_number"),
                hidden=("password",),
                words=_("Name, e-mail address and account"),
            ),
            PersonalData("people.Membership", ("user",), words=_("Teams")),
            PersonalData("people.TeamSupervision", ("user",), words=_("Teams")),
            PersonalData(
                "people.Invitation",
                ("user", "invited_by"),
                subject=("user",),
                is_deleted=True,
                hidden=("token_sha256",),
                words=_("Invitations to choose a password"),
            ),
            PersonalData(
                "people.Erasure", ("person", "erased_by"), subject=("person",), hidden=("files", "remaining", "counts")
            ),
            PersonalData(
                "people.LeaveOfAbsence", ("user", "recorded_by"), subject=("user",), words=_("Leaves of absence")
            ),
        )
        register_personal_data(*kept_below(), *kept_by_packages())


def kept_below() -> list[PersonalData]:
    """What the apps below keep, which don't know people."""
    return [
        # Without its context a notice has no words; the mail that it stood in goes after it.
        PersonalData(
            "outbox.Notice", ("recipient",), ("context",), is_deleted=True, mentions=("context",), words=_("Notices")
        ),
        PersonalData("outbox.Mail", ("recipient",), ("error",), is_deleted=True, words=_("Notices")),
        PersonalData("outbox.NoticePreference", ("user",), is_deleted=True, words=_("Notices")),
        PersonalData("core.LongJob", ("by",), ("error",), mentions=("arguments", "result", "error"), hidden=DETAILS),
        PersonalData("core.DueWorkRun", (), mentions=("error",)),
        PersonalData("django_tasks_database.DBTaskResult", (), mentions=("traceback",)),
    ]


def kept_by_packages() -> list[PersonalData]:
    """What Wagtail, Django and the sign-in packages keep."""
    from people.services import traces

    sign_ins = partial(
        PersonalData,
        person=(),
        emails=("username",),
        is_deleted=True,
        words=_("Sign-ins and wrong passwords"),
        aged_by="attempt_time",
        kept_for="KEEP_SIGN_INS_DAYS",
    )
    return [
        PersonalData("people.User_groups", ("user",), is_deleted=True, words=_("Rights")),
        PersonalData("people.User_user_permissions", ("user",), is_deleted=True, words=_("Rights")),
        PersonalData(
            "sessions.Session", (), erase=traces.forget_sessions, aged_by="expire_date", kept_for="KEEP_SESSIONS_DAYS"
        ),
        sign_ins("axes.AccessAttempt"),
        sign_ins("axes.AccessFailureLog"),
        sign_ins("axes.AccessLog", hidden=("session_hash",)),
        PersonalData(
            "account.EmailAddress",
            ("user",),
            ("email",),
            is_deleted=True,
            names=("email",),
            words=_("Name, e-mail address and account"),
        ),
        PersonalData("mfa.Authenticator", ("user",), is_deleted=True, hidden=("data",), words=_("Ways to sign in")),
        PersonalData(
            "socialaccount.SocialAccount",
            ("user",),
            ("uid", "extra_data"),
            is_deleted=True,
            words=_("Ways to sign in"),
        ),
        PersonalData(
            "socialaccount.SocialToken",
            ("account__user",),
            ("token", "token_secret"),
            is_deleted=True,
            hidden=("token", "token_secret"),
        ),
        PersonalData("wagtailcore.Page", ("owner", "locked_by"), hidden=("draft_title",), words=_("Work on content")),
        PersonalData(
            "wagtailcore.Revision",
            ("user",),
            mentions=("content", "object_str"),
            erase=traces.forget_in_revisions,
            hidden=("content",),
            words=_("Work on content"),
        ),
        PersonalData(
            "wagtailcore.PageLogEntry",
            ("user",),
            mentions=("data", "label"),
            erase=traces.forget_in_page_log,
            hidden=("data",),
            words=_("Work on content"),
        ),
        PersonalData(
            "wagtailcore.ModelLogEntry",
            ("user",),
            mentions=("data", "label"),
            erase=traces.forget_in_model_log,
            hidden=("data", "label", "object_id"),  # they name others
            words=_("Work on content"),
        ),
        PersonalData("wagtailcore.PageSubscription", ("user",), is_deleted=True),
        PersonalData(
            "wagtailcore.Comment",
            ("user", "resolved_by"),
            ("text",),
            subject=("user",),
            mentions=("text",),
            words=_("Comments on content"),
        ),
        PersonalData(
            "wagtailcore.CommentReply", ("user",), ("text",), mentions=("text",), words=_("Comments on content")
        ),
        PersonalData("wagtailcore.WorkflowState", ("requested_by",), words=_("Approvals")),
        PersonalData(
            "wagtailcore.TaskState", ("finished_by",), ("comment",), mentions=("comment",), words=_("Approvals")
        ),
        PersonalData("wagtailcore.UploadedFile", ("uploaded_by_user",), ("file",), is_deleted=True),
        PersonalData("wagtailcore.APIToken", ("user",), is_deleted=True, hidden=("key_hash", "prefix")),
        PersonalData(
            "wagtailusers.UserProfile",
            ("user",),
            ("avatar",),
            is_deleted=True,
            words=_("Name, e-mail address and account"),
        ),
        PersonalData("wagtailadmin.EditingSession", ("user",), is_deleted=True),
        PersonalData("wagtailadmin.FormState", ("user",), is_deleted=True, hidden=("data",)),
        # Pictures and documents are the company's, whoever brought them.
        PersonalData("wagtailimages.Image", ("uploaded_by_user",), words=_("Work on content")),
        PersonalData("wagtaildocs.Document", ("uploaded_by_user",), words=_("Work on content")),
    ]
