"""What quizzes tell those above them, inside the transaction of the fact."""

from django.dispatch import Signal

attempt_graded = Signal()
"""sender=QuizAttempt; attempt, now"""

attempt_regraded = Signal()
"""sender=QuizAttempt; attempt, grade (the new one), now"""
