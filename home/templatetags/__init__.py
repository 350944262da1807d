"""Tags of the front door's own pages; each is loaded where it is used."""
