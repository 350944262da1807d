"""Pure rules of clauses, versions and signatures."""
