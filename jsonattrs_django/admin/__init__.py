"""Attributes and schemas in Django's admin."""

from __future__ import annotations

from jsonattrs_django.admin import schemas as schemas  # registers the admin of schemas
