"""Blocks of questions: `stored` goes to rows and revisions, `authored` is what editors fill in, right answers and all."""
