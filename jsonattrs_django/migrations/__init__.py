"""Migrations of the schemas' tables."""
