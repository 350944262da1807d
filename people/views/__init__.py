"""Invitations, and the pages of the sign-in package under our addresses."""
