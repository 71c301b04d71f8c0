"""What hundreds of tests would do again with the same outcome, done once.

A test that commits is followed by a flush. Django's own empties every table, and then makes all content types and
permissions again; here they stay, and only tables that hold something are emptied. A test that changes a setting makes
jsonattrs forget everything; here the registry stays where the settings that it is made of are as they were.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import sql
from django.core.management.commands import flush
from django.db.migrations.recorder import MigrationRecorder

from jsonattrs_django import registry
from jsonattrs_django.conf import DEFAULTS

#: Tables that hold what migrations have put there, and nothing of tests.
KEPT = {model._meta.db_table for model in (ContentType, Permission, MigrationRecorder.Migration)}
#: Settings that a registry is made of.
REGISTRY_SETTINGS = ("PREFER", "BLOCK", "PLUGINS", "MAX_ATTRIBUTES", "MAX_CHOICES", "MAX_DOCUMENT_BYTES", "MAX_DEPTH")


def sql_flush(style, connection, reset_sequences=True, allow_cascade=False):
    """Return statements that empty the tables; where numbers have to begin again, those of Django."""
    if reset_sequences or allow_cascade:
        return sql.sql_flush(style, connection, reset_sequences, allow_cascade)
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    names = [connection.ops.quote_name(table) for table in tables if table not in KEPT]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in names))
        return [f"DELETE FROM {name}" for (name,) in cursor.fetchall()]


def no_signal(*args, **kwargs):
    """Let nobody do what is done after migrations, since nothing of it was undone."""


class Kept:
    """The registry, and the settings that it was made of."""

    def __init__(self):
        self.forget = registry.reset
        self.made_of = None

    def reset(self):
        """Forget the registry where it would be made otherwise now."""
        given = {**DEFAULTS, **getattr(settings, "JSONATTRS", {})}
        now = {name: given[name] for name in REGISTRY_SETTINGS}
        if now != self.made_of:
            self.forget()
            self.made_of = now


def quicken():
    """Do all of it from now on."""
    flush.sql_flush = sql_flush
    flush.emit_post_migrate_signal = no_signal
    registry.reset = Kept().reset
