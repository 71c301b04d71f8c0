"""How much attributes cost in Django, beside native columns and beside django-eav2: ``python -m benchmarks.django``."""
