"""What authors learn from play: all role-plays, one of them decision by decision, and clauses by what is lost on them."""
