"""Forms of My team and the person’s page."""
