from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        from core import checks, receivers  # noqa: F401  (registers them)
        from core.contributions import register_due_work
        from core.services import (
            begin_left_long_jobs,
            forget_old_jobs,
            publish_scheduled,
            run_waiting_jobs,
            take_up_left_jobs,
        )

        register_due_work("Pages published as scheduled", publish_scheduled)
        register_due_work("Jobs that a stopped worker left, taken up", take_up_left_jobs)
        register_due_work("Long jobs that stood still, sent to work again", begin_left_long_jobs)
        register_due_work("Jobs run that no worker took", run_waiting_jobs)
        register_due_work("Old jobs forgotten", forget_old_jobs)
