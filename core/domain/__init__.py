"""Pure rules that every app shares."""
