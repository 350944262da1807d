"""What training tells those above it, inside the transaction of the fact."""

from django.dispatch import Signal

scenario_ended = Signal()
"""sender=Playthrough; playthrough, now"""

lesson_completed = Signal()
"""sender=LessonCompletion; completion, now"""

program_completed = Signal()
"""sender=ProgramCompletion; completion, clause_version_ids (list of int), now"""

programs_assigned = Signal()
"""sender=ProgramAssignment; assignments (list, with their programmes; first ones and refreshers), now"""
