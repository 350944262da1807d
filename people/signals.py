"""What people tell those above them, inside the transaction of the write."""

from django.dispatch import Signal

placement_changed = Signal()
"""sender=User; user_ids (set of int), now. Whatever an audience goes by may be another: somebody came, moved (team, its place in the
tree, branch, job role), left, came back, or has another first or last day. Sent once a write, for all that it touched."""
