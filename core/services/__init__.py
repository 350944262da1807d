"""What several apps do alike: setting sheets as PDF."""

from core.services.printing import printed_logo, printed_mark, set_on_one_page, set_pdf

__all__ = ["printed_logo", "printed_mark", "set_on_one_page", "set_pdf"]
