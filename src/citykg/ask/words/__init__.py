"""From the text of a question to its words, and what each may stand for."""
