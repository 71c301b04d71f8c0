"""Django adapter: a model field whose attributes are defined by schemas that the application's users edit.

It stands on :mod:`jsonattrs_core`, which decides every verdict and knows nothing of Django. Importing this package
imports neither Django nor the core.
"""
