"""What several apps do alike: drawing graphs, setting sheets as PDF, what is due with time, and jobs in the background."""

from core.services.drawing import drawn
from core.services.due import begin_due_work, finish_due_work, leave_broken_connection, only_one_at_a_time
from core.services.jobs import (
    begin_working,
    forget_old_jobs,
    keep_failed_job,
    keep_working,
    run_job_again,
    run_waiting_jobs,
    stop_working,
    take_up_left_jobs,
    worker_name,
)
from core.services.long_jobs import begin_left_long_jobs, begin_long_job, stop_long_job, take_long_job_step
from core.services.printing import printed_logo, printed_mark, set_on_one_page, set_pdf
from core.services.publishing import publish_scheduled

__all__ = [
    "begin_due_work",
    "begin_left_long_jobs",
    "begin_long_job",
    "begin_working",
    "drawn",
    "finish_due_work",
    "forget_old_jobs",
    "keep_failed_job",
    "keep_working",
    "leave_broken_connection",
    "only_one_at_a_time",
    "printed_logo",
    "printed_mark",
    "publish_scheduled",
    "run_job_again",
    "run_waiting_jobs",
    "set_on_one_page",
    "set_pdf",
    "stop_long_job",
    "stop_working",
    "take_long_job_step",
    "take_up_left_jobs",
    "worker_name",
]
