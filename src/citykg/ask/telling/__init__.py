"""What is said: answers in people's words, the query, the passages."""
