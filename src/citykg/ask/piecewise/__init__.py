"""A question asked piece by piece: its parts, what it describes or claims, and what is left of it."""
