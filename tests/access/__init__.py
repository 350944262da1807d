"""Every address × role × method against a declared expectation; an address that nobody declared fails the run."""
