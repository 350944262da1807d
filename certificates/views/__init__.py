"""A person's certificates, and the public page that says whether one holds."""
