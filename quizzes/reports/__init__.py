"""Item analysis in the admin: quizzes, the questions of a quiz, who chose what, and clauses by how well they are understood."""
