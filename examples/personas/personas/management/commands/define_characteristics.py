"""``manage.py define_characteristics``: the schema of every persona, as the document in ``schemas/`` has it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from personas.schema import DEFAULT, define_default

__all__ = ["Command"]


class Command(BaseCommand):
    """Defines them where they differ from what is there."""

    help = (
        "Define the characteristics of every persona as schemas/persona.yaml has them. Run it after migrate, and after "
        "each change of that file; running it again changes nothing. attributes_sync then makes their indexes."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Define, and tell."""
        if define_default():
            self.stdout.write(f"The characteristics are now as {DEFAULT.name} has them.")
        else:
            self.stdout.write(f"The characteristics are as {DEFAULT.name} has them. Nothing was changed.")
