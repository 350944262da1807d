"""Files of employees to tables, and a table to a file: what a file is, is judged by its content."""

from people.readers.files import LARGEST_FILE, read_people

__all__ = ["LARGEST_FILE", "read_people"]
