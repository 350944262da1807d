"""Pages of the standards, a file for each subject."""
