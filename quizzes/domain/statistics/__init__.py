"""Item analysis: what first attempts say about the questions of a quiz, and about the quiz.

Definitions are Moodle's (docs.moodle.org/dev/Quiz_statistics_calculations). Marks are read exactly and added up as integers; floats begin
with the last division or root.
"""
