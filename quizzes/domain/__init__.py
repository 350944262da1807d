"""Pure rules of questions, attempts and marks."""
