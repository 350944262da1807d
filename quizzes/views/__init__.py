"""What learners see: a file for each screen or two."""
