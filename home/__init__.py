"""The front door, composing everything below: landing, My training, My team, demo and starter content."""
