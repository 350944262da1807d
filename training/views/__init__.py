"""Training as people meet it, a module for each subject."""
