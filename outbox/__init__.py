"""What leaves, told once: notices for the bell and for mail, gathered into one mail a person.

It knows people by settings.AUTH_USER_MODEL only, of which it asks `email`, `language`, `is_active`, `public_id` and `get_short_name()`.
"""
