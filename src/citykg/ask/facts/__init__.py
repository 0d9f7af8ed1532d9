"""What a store states, fetched for many things at once and kept."""
