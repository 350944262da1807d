"""Reports on the standards in the admin."""
