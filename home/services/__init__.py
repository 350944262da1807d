"""Loading the content that ships with Piawai, and the demo company with its year of history."""
