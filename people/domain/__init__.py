"""Rules about people that need no database: pure Python."""
