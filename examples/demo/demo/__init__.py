"""The Django project of both examples."""
