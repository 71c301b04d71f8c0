"""How far imports of records have come: noted in the transaction that stores the records, and so never wrong."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["ImportRecord"]


class ImportRecord(models.Model):
    """How far the import of a file has come. It lies beside the records, and is gone when the import is done."""

    digest = models.CharField(max_length=64, unique=True, editable=False)  # of the file, and of what it is imported to
    file = models.CharField(_("file"), max_length=254)
    row = models.PositiveBigIntegerField(_("row"), default=0)  # the last one that is done with
    created = models.PositiveBigIntegerField(_("created"), default=0)
    updated = models.PositiveBigIntegerField(_("updated"), default=0)
    unchanged = models.PositiveBigIntegerField(_("unchanged"), default=0)
    refused = models.PositiveBigIntegerField(_("refused"), default=0)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        default_permissions = ()  # whoever imports may go on

    def __str__(self) -> str:
        return self.file
