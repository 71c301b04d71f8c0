"""Going on with an import that was interrupted."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import router

from jsonattrs_django.models import ImportRecord

if TYPE_CHECKING:
    from jsonattrs_django.exchange.importing import Batch
    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["Checkpoint", "checkpoint_of"]

_BLOCK = 1024 * 1024


class Checkpoint:
    """How far the import of one file into one field's records has come."""

    def __init__(self, digest: str, name: str, using: str) -> None:
        self._using = using
        self._rows = ImportRecord.objects.using(using).filter(digest=digest)
        self._new = ImportRecord(digest=digest, file=name[-254:])

    def found(self) -> ImportRecord | None:
        """Return what was noted before, None where nothing was."""
        return self._rows.first()

    def note(self, batch: Batch) -> None:
        """Note a batch, in the transaction that stores its records."""
        record = self.found() or self._new
        record.row = batch.last
        for name in ("created", "updated", "unchanged", "refused"):
            setattr(record, name, getattr(record, name) + getattr(batch, name))
        record.save(using=self._using)

    def forget(self) -> None:
        """Note that nothing is left to do."""
        self._rows.delete()


def checkpoint_of(path: str, field: JSONAttributeField, using: str, *about: Any) -> Checkpoint | None:
    """Return the checkpoint of a file, known by its content; None for what is no file that can be read again.

    There is none either in a database that does not have the library's tables.
    """
    if not Path(path).is_file() or not router.allow_migrate_model(using, ImportRecord):
        return None
    found = sha256(repr((field.model._meta.label, field.name, about)).encode())
    with open(path, "rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return Checkpoint(found.hexdigest(), Path(path).name, using)
