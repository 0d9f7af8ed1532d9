"""Readings from the side of the graph: what passages state is held against the words of a question."""
