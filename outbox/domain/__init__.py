"""Pure rules: when people may be disturbed, and when a mail is tried again."""
