"""The pages of the schema editor."""
