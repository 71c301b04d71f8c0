"""After ``migrate`` on SQLite: the indexes that it has dropped are built again.

SQLite changes a column by making the table anew, and Django then builds the indexes that it knows of: not those of
attributes.
"""

from __future__ import annotations

import logging
import sys
from typing import Any

from django.db import DatabaseError, connections
from django.db.models.signals import post_migrate

from jsonattrs_django.indexes.errors import IndexProblem
from jsonattrs_django.targets import all_fields

__all__ = ["connect", "rebuild"]

logger = logging.getLogger("jsonattrs_django")


def connect() -> None:
    """Have the indexes rebuilt of each application that has attribute fields."""
    for config in {field.model._meta.app_config for field in all_fields()}:
        post_migrate.connect(rebuild, sender=config, dispatch_uid=f"jsonattrs_indexes_{config.label}")


def rebuild(sender: Any, using: str, plan: Any = (), **options: Any) -> None:
    """Build what the tables of an application lack after migrations; nothing where none was applied.

    A test that flushes its database sends the same signal, without a plan.
    """
    connection: Any = connections[using]
    if not plan or connection.vendor != "sqlite":
        return
    from jsonattrs_django.indexes.plan import planned, schemas_are_there, tables_of
    from jsonattrs_django.indexes.sync import carry_out

    try:
        if not schemas_are_there():
            return
        fields = [field for field in all_fields() if field.model._meta.app_config is sender]
        for _, table, several in tables_of(fields, using):
            todo = planned(several, connection)
            if todo is None or not todo.steps:
                continue
            outcomes = carry_out(todo, connection, lambda step: None)
            _tell(table, outcomes, options)
    except (DatabaseError, IndexProblem) as error:
        # Such as a schema table of an older version, whose own migrations are still to come.
        logger.warning("The indexes of attributes were not rebuilt, run attributes_sync: %s", error)


def _tell(table: str, outcomes: list[Any], options: Any) -> None:
    built = [each for each in outcomes if each.problem is None]
    if built and options.get("verbosity", 1) > 0:
        stream = options.get("stdout") or sys.stdout
        stream.write(f"  Built {len(built)} indexes of attributes of {table} again\n")
    for each in outcomes:
        if each.problem is not None:
            logger.warning("The index %s was not built, run attributes_sync: %s", each.step.name, each.problem)
