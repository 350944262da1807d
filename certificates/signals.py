"""What certificates tell, inside the transaction of the fact."""

from django.dispatch import Signal

certificate_issued = Signal()
"""sender=Certificate; certificate, now"""
