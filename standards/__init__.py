"""The written standards: chapters and coded clauses, their versions and editions, and who has acknowledged them."""
