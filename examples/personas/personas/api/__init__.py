"""The API, version 1: personas, texts, and what a language model makes of them, for programs.

What may change here without notice is what :mod:`personas.api.versions` says.
"""
