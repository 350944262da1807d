"""What the standards tell those above them, inside the transaction of the fact."""

from django.dispatch import Signal

chapter_acknowledged = Signal()
"""sender=Acknowledgement; acknowledgement, now"""

edition_published = Signal()
"""sender=Edition; edition, now"""

clauses_left = Signal()
"""sender=Edition; chapter_keys: chapters in which clauses were retired, or that they were moved away from; now"""
