"""What core tells, inside the transaction."""

from django.dispatch import Signal

long_job_begun = Signal()
"""sender=LongJob; job, now"""
