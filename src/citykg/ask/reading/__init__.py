"""What a question may ask for: query graphs, composed from its words and ranked by what they leave over."""
