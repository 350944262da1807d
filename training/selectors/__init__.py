"""Reads of training, a module for each subject."""
