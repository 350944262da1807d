"""Words for what is logged of the background."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_run_again(actions: LogActionRegistry) -> None:
    actions.register_action("piawai.run_again", _("Run again"), _("Job run again"))
