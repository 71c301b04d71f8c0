"""System checks: what is wrong with a field's declaration, and with the schemas that are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections, models, router
from django.db.models.constants import LOOKUP_SEP

from jsonattrs_django.conf import setting
from jsonattrs_django.selectors import SelectorError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import Model

    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["field_problems", "register_all"]

_VENDORS = ("postgresql", "sqlite")
_OLDEST_POSTGRESQL = 14


def register_all() -> None:
    """Register the checks that belong to no field."""
    checks.register(settings_problems, "jsonattrs")
    checks.register(admin_problems, "jsonattrs")
    checks.register(schema_problems, checks.Tags.database)
    checks.register(index_problems, checks.Tags.database)


# ---- of a field ----


def field_problems(field: JSONAttributeField, databases: Sequence[str] | None = None, **_: Any) -> list[Any]:
    """Return what is wrong with an attribute field."""
    found = [*_option_problems(field), *_selector_problems(field), *_meta_problems(field)]
    for alias in databases or ():
        found += _database_problems(field, alias)
    return found


def _option_problems(field: JSONAttributeField) -> Iterable[Any]:
    for option in ("null", "primary_key", "unique", "db_index"):
        if getattr(field, option):
            yield checks.Error(
                f"An attribute field cannot have {option}=True.",
                hint="Every record has an object in the column; indexes and uniqueness are properties of attributes.",
                obj=field,
                id="jsonattrs.E001",
            )
    if field.has_own_default:
        yield checks.Error(
            "An attribute field has no default.",
            hint="Give attributes their defaults, in a schema.",
            obj=field,
            id="jsonattrs.E002",
        )


def _selector_problems(field: JSONAttributeField) -> Iterable[Any]:
    try:
        selectors = field.selectors
    except SelectorError as error:
        yield checks.Error(
            f"{str(error)[0].upper()}{str(error)[1:]}.",
            hint="A selector is a field of the model, or a path over forward foreign keys that ends at one.",
            obj=field,
            id="jsonattrs.E003",
        )
        return
    names = [selector.name for selector in selectors]
    for name in {name for name in names if names.count(name) > 1}:
        yield checks.Error(f"Two selectors are named {name!r}.", obj=field, id="jsonattrs.E004")
    places = {each.attname: place for place, each in enumerate(field.model._meta.concrete_fields)}
    late = [name for name in selectors.local_attnames if places[name] > places[field.attname]]
    if late:
        yield checks.Warning(
            f"The field comes before {', '.join(late)}, which decides on its schema.",
            hint="Define it after them: otherwise each save of changed attributes takes a query more.",
            obj=field,
            id="jsonattrs.W005",
        )


def _meta_problems(field: JSONAttributeField) -> Iterable[Any]:
    options = field.model._meta
    for kind, items in (("index", options.indexes), ("constraint", options.constraints)):
        for item in items:
            if _mentions(item, field):
                yield checks.Error(
                    f"The {kind} {item.name!r} is on attributes, which the model's code cannot know.",
                    hint="Say 'indexed' or 'unique' in the attribute's definition.",
                    obj=field.model,
                    id="jsonattrs.E006",
                )
    for group in options.unique_together:
        if field.name in group:
            yield checks.Error(
                f"'unique_together' names {field.name!r}, the whole of the attributes.",
                hint="A schema has 'unique_together', too.",
                obj=field.model,
                id="jsonattrs.E006",
            )


def _mentions(item: Any, field: JSONAttributeField) -> bool:
    """Tell whether an index or a constraint is on attributes; a GIN index on the whole column is not."""
    prefix = f"{field.name}{LOOKUP_SEP}"
    if isinstance(item, models.UniqueConstraint) and field.name in item.fields:
        return True
    if isinstance(item, models.Index) and type(item) is models.Index and field.name in item.fields:
        return True
    expressions = [*getattr(item, "expressions", ()), getattr(item, "condition", None)]
    return any(name.startswith(prefix) for expression in expressions for name in _names(expression))


def _names(expression: Any) -> Iterable[str]:
    """Yield the names that an expression or a condition refers to."""
    if isinstance(expression, tuple):  # of an exclusion constraint: an expression and its operator
        expression = expression[0]
    if isinstance(expression, str):
        yield expression
    elif isinstance(expression, models.F):
        yield expression.name
    elif isinstance(expression, models.Q):
        for child in expression.children:
            yield from [child[0]] if isinstance(child, tuple) else _names(child)
    elif hasattr(expression, "get_source_expressions"):
        for source in expression.get_source_expressions():
            yield from _names(source)


def _database_problems(field: JSONAttributeField, alias: str) -> Iterable[Any]:
    if not router.allow_migrate_model(alias, field.model):
        return
    connection: Any = connections[alias]
    if connection.vendor not in _VENDORS:
        yield checks.Error(
            f"Attributes are stored in PostgreSQL and SQLite; the database {alias!r} is {connection.display_name}.",
            obj=field,
            id="jsonattrs.E007",
        )
    elif connection.vendor == "postgresql" and connection.pg_version < _OLDEST_POSTGRESQL * 10_000:
        yield checks.Error(
            f"Attributes need PostgreSQL {_OLDEST_POSTGRESQL} or newer; the database {alias!r} is older.",
            obj=field,
            id="jsonattrs.E007",
        )


# ---- of the project ----


def settings_problems(app_configs: Any, **_: Any) -> list[Any]:
    """Return what is wrong with the settings, and with the plugins."""
    from django.core.exceptions import ImproperlyConfigured

    from jsonattrs_core import PluginError
    from jsonattrs_django.registry import registry

    try:
        setting("FRESHNESS")
        registry()
    except (ImproperlyConfigured, PluginError) as error:
        return [checks.Error(str(error), id="jsonattrs.E008")]
    return []


def schema_problems(app_configs: Any, databases: Sequence[str] | None = None, **_: Any) -> list[Any]:
    """Return what is wrong with the stored schemas: a missing plugin, a type that is no more, selectors of old."""
    from jsonattrs_django.schemas.generation import schema_database

    alias = schema_database()
    if alias not in (databases or ()):
        return []
    from jsonattrs_django.models import SchemaRecord

    tables = connections[alias].introspection.table_names()
    if SchemaRecord._meta.db_table not in tables:
        return []  # not migrated yet
    found: list[Any] = []
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if hasattr(field, "schemas") and hasattr(field, "selectors"):
                found += _stored_problems(model, field, alias)
    return found


def _stored_problems(model: type[Model], field: Any, alias: str) -> Iterable[Any]:
    try:
        names = [selector.name for selector in field.selectors]
    except SelectorError:
        return  # the field's own check says so
    records = field.schemas.active(alias).prefetch_related("selectors")
    for record in records:
        own = {item.position: item.name for item in record.selectors.all() if item.value is not None}
        strange = [name for place, name in own.items() if names[place : place + 1] != [name]]
        if strange:
            yield checks.Warning(
                f"Schema {record.name!r} (id {record.pk}) is bound to {', '.join(strange)}, which the selectors of "
                f"{model._meta.label}.{field.name} do not have in that place.",
                hint=f"The selectors are: {', '.join(names) or 'none'}. Define it again, or retire it.",
                id="jsonattrs.W010",
            )
    for texts in field.schemas.all_schemas(alias):
        error = field.schemas.scope(texts).error
        if error is not None:
            yield checks.Warning(
                f"The schema of {model._meta.label}.{field.name} for {field.selectors.described(texts)} cannot be "
                f"used: {error}",
                hint="Records stay readable, and their attributes cannot be changed, until this is mended.",
                id="jsonattrs.W009",
            )


def admin_problems(app_configs: Any = None, **_: Any) -> list[Any]:
    """Return which registered admins show no attributes without saying so."""
    if not apps.is_installed("django.contrib.admin"):
        return []
    from django.contrib.admin.sites import all_sites

    chosen = None if app_configs is None else {config.label for config in app_configs}
    return [
        problem
        for site in all_sites
        for model, registered in site._registry.items()
        if chosen is None or model._meta.app_label in chosen
        for problem in _silent_fields(model, registered)
    ]


def _silent_fields(model: type[Model], registered: Any) -> Iterable[Any]:
    from django.contrib.admin.utils import flatten_fieldsets

    from jsonattrs_django.fields import JSONAttributeField

    if hasattr(registered.form, "chosen_attributes"):
        return  # it is an AttributeModelForm
    fieldsets = registered.fieldsets or ([(None, {"fields": registered.fields})] if registered.fields else None)
    named = None if fieldsets is None else flatten_fieldsets(fieldsets)
    left_out = {*(registered.exclude or ()), *registered.readonly_fields}
    for field in model._meta.concrete_fields:
        is_meant = field.name not in left_out and (named is None or field.name in named)
        if isinstance(field, JSONAttributeField) and is_meant:
            yield checks.Warning(
                f"The attributes of '{model._meta.label}.{field.name}' are not in the forms of its admin.",
                hint="Derive the admin from jsonattrs_django.admin.AttributeModelAdmin, or exclude the field.",
                obj=registered.__class__,
                id="jsonattrs.W015",
            )


# ---- of indexes ----


def index_problems(app_configs: Any, databases: Sequence[str] | None = None, **_: Any) -> list[Any]:
    """Return what the databases lack of the indexes that the schemas ask for; nothing before the tables are there."""
    from jsonattrs_django.indexes.plan import schemas_are_there, tables_of
    from jsonattrs_django.schemas.generation import schema_database
    from jsonattrs_django.targets import all_fields

    aliases = databases or ()
    if schema_database() not in aliases or not schemas_are_there():
        return []
    fields = all_fields()
    return [
        problem
        for alias in aliases
        if connections[alias].vendor in _VENDORS
        for _, _, several in tables_of(fields, alias)
        for problem in _index_problems(several, alias)
    ]


def _index_problems(fields: list[Any], alias: str) -> Iterable[Any]:
    from jsonattrs_django.indexes.plan import planned
    from jsonattrs_django.targets import label_of

    plan = planned(fields, connections[alias])
    if plan is None or not (plan.steps or plan.refused):
        return
    labels = [label_of(field) for field in fields]
    database = "" if alias == DEFAULT_DB_ALIAS else f" --database {alias}"
    what = [", ".join(step.name for step in plan.steps)] if plan.steps else []
    yield checks.Warning(
        f"The database {alias!r} lacks indexes that the schemas of {' and '.join(labels)} ask for: "
        f"{'; '.join([*what, *plan.refused])}.",
        hint=f"Run manage.py attributes_sync {' '.join(labels)}{database}",
        id="jsonattrs.W011",
    )
