"""Reads of questions, quizzes and attempts."""
