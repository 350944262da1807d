"""Certificates: issuing, rendering, verifying."""
