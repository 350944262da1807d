"""Reads of the front door: what My training adds, whether the site is ready, the content files."""
