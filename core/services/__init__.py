"""What several apps do alike: drawing graphs, setting sheets as PDF, and what is published by a schedule."""

from core.services.drawing import drawn
from core.services.printing import printed_logo, printed_mark, set_on_one_page, set_pdf
from core.services.publishing import publish_scheduled

__all__ = ["drawn", "printed_logo", "printed_mark", "publish_scheduled", "set_on_one_page", "set_pdf"]
