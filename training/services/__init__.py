"""Every write of training, a module for each subject."""
