"""What every app stands on: abstract pages and facts, the clock, shared blocks, template tags, project-wide checks."""
