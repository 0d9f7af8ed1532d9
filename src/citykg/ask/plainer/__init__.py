"""A question in plainer words: what goes without saying, what is put first, what is said in more words."""
