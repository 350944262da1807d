"""Role-play scenarios as frozen graphs: what holds of a sound one, what a run scores, what a debrief says."""
