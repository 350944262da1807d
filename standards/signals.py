"""What the standards tell those above them, inside the transaction of the fact."""

from django.dispatch import Signal

chapter_acknowledged = Signal()
"""sender=Acknowledgement; acknowledgement, now"""

edition_published = Signal()
"""sender=Edition; edition, now"""
