"""My training, My team, health, and the error pages."""
