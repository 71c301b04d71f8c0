"""Migrations of the tables. What is in the attributes needs none."""
