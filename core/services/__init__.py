"""What several apps do alike: drawing graphs, setting sheets as PDF, and what is due with time."""

from core.services.drawing import drawn
from core.services.due import begin_due_work, finish_due_work, leave_broken_connection, only_one_at_a_time
from core.services.printing import printed_logo, printed_mark, set_on_one_page, set_pdf
from core.services.publishing import publish_scheduled

__all__ = [
    "begin_due_work",
    "drawn",
    "finish_due_work",
    "leave_broken_connection",
    "only_one_at_a_time",
    "printed_logo",
    "printed_mark",
    "publish_scheduled",
    "set_on_one_page",
    "set_pdf",
]
