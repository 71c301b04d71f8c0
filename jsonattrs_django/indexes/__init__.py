"""Which indexes the schemas ask for, what the database has, and how the one becomes the other."""
