"""Settings, addresses and entry points. Composes every app; nothing imports it."""
