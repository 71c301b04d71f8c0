"""Personas: named sets of writing characteristics, and texts that are drafted in their voice."""
