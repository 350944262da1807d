"""Role-play scenarios, programmes, assignments and completions."""
