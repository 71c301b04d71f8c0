"""Drafts: what people have edited of a schema and not published yet."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from jsonattrs_django.models.json_text import JSONTextField

__all__ = ["DraftRecord"]


class DraftRecord(models.Model):
    """The draft of one scope's schema. It applies to no record, and is gone when it is published or discarded."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name=_("model"))
    field = models.CharField(_("field"), max_length=100)
    digest = models.CharField(max_length=64, editable=False)  # of the texts, as a schema has it
    texts = JSONTextField(editable=False)  # of the selector values that it is bound to
    document = JSONTextField(_("document"))
    base = models.CharField(max_length=64, blank=True, editable=False)  # stands for the published schema it began from
    version = models.PositiveIntegerField(default=1, editable=False)  # another one after each edit
    #: The name of who edited it last: a text, since users may live in another database, or be gone.
    edited_by = models.CharField(_("edited by"), max_length=254, blank=True)
    edited_at = models.DateTimeField(_("edited at"))

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        default_permissions = ()  # who may edit a scope's schema may edit its draft
        constraints = (
            models.UniqueConstraint(fields=["content_type", "field", "digest"], name="jsonattrs_draft_scope"),
        )

    def __str__(self) -> str:
        return str(self.document.get("name", ""))
