from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.contributions import register_due_work
from people.contributions import PersonalData, register_personal_data


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from people import checks, receivers  # noqa: F401  (registers them)
        from people.services import end_due_employments, forget_uploads, send_due_invitations

        register_due_work("People who left", end_due_employments)
        register_due_work("Invitations sent", send_due_invitations)
        register_due_work("Files that nobody brought in, deleted", forget_uploads)

        register_personal_data(
            PersonalData(
                "people.User",
                (),
                ("email", "name", "short_name", "extra_time", "employee_number", "employed_on", "left_on"),
            ),
            PersonalData("people.Membership", ("user",)),
            PersonalData("people.TeamSupervision", ("user",)),
            PersonalData("people.LeaveOfAbsence", ("user", "recorded_by")),
            PersonalData("people.Invitation", ("user", "invited_by")),
            # What stands below and doesn't know people.
            PersonalData("outbox.Notice", ("recipient",), ("context",)),
            PersonalData("outbox.NoticePreference", ("user",)),
            PersonalData("outbox.Mail", ("recipient",), ("error",)),
            PersonalData("core.LongJob", ("by",), ("error",)),
            # What Wagtail, Django and the sign-in packages keep.
            PersonalData("people.User_groups", ("user",)),
            PersonalData("people.User_user_permissions", ("user",)),
            PersonalData("wagtailcore.Page", ("owner", "locked_by")),
            PersonalData("wagtailcore.Revision", ("user",), ("content",)),
            PersonalData("wagtailcore.PageLogEntry", ("user",), ("data",)),
            PersonalData("wagtailcore.ModelLogEntry", ("user",), ("data", "label")),
            PersonalData("wagtailcore.PageSubscription", ("user",)),
            PersonalData("wagtailcore.Comment", ("user", "resolved_by"), ("text",)),
            PersonalData("wagtailcore.CommentReply", ("user",), ("text",)),
            PersonalData("wagtailcore.WorkflowState", ("requested_by",)),
            PersonalData("wagtailcore.TaskState", ("finished_by",), ("comment",)),
            PersonalData("wagtailcore.UploadedFile", ("uploaded_by_user",), ("file",)),
            PersonalData("wagtailusers.UserProfile", ("user",), ("avatar",)),
            PersonalData("wagtailadmin.EditingSession", ("user",)),
            PersonalData("wagtailadmin.FormState", ("user",)),
            PersonalData("wagtailcore.APIToken", ("user",)),
            PersonalData("wagtailimages.Image", ("uploaded_by_user",)),
            PersonalData("wagtaildocs.Document", ("uploaded_by_user",), ("file",)),
            PersonalData("account.EmailAddress", ("user",), ("email",)),
            PersonalData("mfa.Authenticator", ("user",)),
            PersonalData("socialaccount.SocialAccount", ("user",), ("uid", "extra_data")),
            PersonalData("socialaccount.SocialToken", ("account__user",), ("token", "token_secret")),
        )
