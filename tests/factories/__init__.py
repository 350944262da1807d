"""Test data: each factory gives only what the test doesn't care about, and writes through the services."""
