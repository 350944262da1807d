"""Training in the admin, a module for each subject."""
