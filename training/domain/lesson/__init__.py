"""Lessons: their videos, captions, and what a version of one says."""
