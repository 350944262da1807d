"""Forms of the admin, a file for each subject."""
