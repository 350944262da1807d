"""The question bank, quizzes, attempts and their grading."""
