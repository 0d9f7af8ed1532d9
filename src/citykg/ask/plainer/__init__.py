"""A question in plainer ones: its parts, what it describes, what goes without saying, what is left of it."""
