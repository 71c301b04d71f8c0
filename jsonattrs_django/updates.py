"""Setting attributes of many records: each is checked, and they are written in as few statements as that allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connections, router, transaction
from django.db.models import CharField, F, Func, IntegerField, Q, QuerySet, Value
from django.db.models.lookups import Exact, GreaterThan

from jsonattrs_core import Problem
from jsonattrs_django import writes
from jsonattrs_django.documents import dumps
from jsonattrs_django.errors import AttributeValidationError
from jsonattrs_django.expressions import SameForAll, grouped
from jsonattrs_django.references.existence import Asked, dangling
from jsonattrs_django.registry import registry
from jsonattrs_django.state import Change
from jsonattrs_django.uniqueness.conflicts import demand_unique
from jsonattrs_django.uniqueness.watching import watching

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.schemas.scope import Scope
    from jsonattrs_django.selectors import Texts

__all__ = ["scopes_of", "update_attributes"]

#: Records that are read, checked and written together where they have to be looked at one by one.
_BATCH = 500


def update_attributes(queryset: QuerySet[Any], values: Mapping[str, Any], *, field: str | None = None) -> int:
    """Set attributes of all records of a query set, and return how many records there were.

    ``values`` are the new values by name; null (None) is stored. The values are checked by the schema of each record,
    in one transaction: either all records are written or none. Where the outcome does not depend on the rest of the
    record it takes one statement for each scope; where rules, conditions or retired choices make it depend, records are
    read, checked and written in batches.

    Raises AttributeValidationError, whose ``instance`` is the record that refused where one did.
    """
    from jsonattrs_django.models.manager import attribute_field

    target = attribute_field(queryset.model, field)
    given = dict(values)
    alias = queryset._db or router.db_for_write(queryset.model, **queryset._hints)
    chosen = queryset.using(alias)
    # What a query set selects or defers is its own affair; and a slice may be another one after the first write.
    keys = list(chosen.values_list("pk", flat=True)) if queryset.query.is_sliced else chosen.order_by().values("pk")
    rows = queryset.model._base_manager.using(alias).filter(pk__in=keys)
    with transaction.atomic(using=alias):
        scopes = scopes_of(target, rows)
        plans = [(texts, scope, _plan(target, scope, given)) for texts, scope in scopes.items()]
        count = 0
        for texts, scope, clean in plans:
            part = rows.filter(_of_scope(target, texts))
            count += _stream(target, part, given) if clean is None else _set(target, part, scope, clean, given)
    return count


def scopes_of(target: JSONAttributeField, rows: QuerySet[Any]) -> dict[tuple[Any, ...], Scope]:
    """Return the scopes of the records, by the raw values of their selectors."""
    lookups = [selector.lookup for selector in target.selectors]
    if lookups:
        found = list(rows.order_by().values_list(*lookups).distinct())
    else:
        found = [()] if rows.exists() else []
    texts: dict[tuple[Any, ...], Texts] = {raw: target.selectors.texts(raw) for raw in found}
    scopes = target.schemas.scopes(dict.fromkeys(texts.values()))
    return {raw: scopes[each] for raw, each in texts.items()}


def _of_scope(target: JSONAttributeField, raw: tuple[Any, ...]) -> Q:
    condition = Q()
    for selector, value in zip(target.selectors, raw, strict=True):
        condition &= Q((f"{selector.lookup}__isnull", True)) if value is None else Q((selector.lookup, value))
    return condition


def _plan(target: JSONAttributeField, scope: Scope, given: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the clean values that every record of a scope gets, None where each has to be looked at.

    Raises AttributeValidationError for values that no record of the scope takes.
    """
    refusal = scope.refusal()
    if refusal is not None:
        raise AttributeValidationError(target.name, [refusal])
    schema, validator = scope.schema, scope.usable
    unknown = [Problem((name,), "unknown", {}) for name in given if name not in schema]
    claimed = {name for claim in scope.claims for name in claim.names}
    depends = not scope.compiled.is_simple or not claimed.isdisjoint(given)
    clean: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in given.items():
        if name not in schema:
            continue
        result = validator.check_attribute(name, value)
        problems += result.problems
        if not result.problems:
            clean[name] = result.value[name]
            if clean[name] is None and name in scope.compiled.demanded:
                problems.append(Problem((name,), "required", {}))
    if not unknown and (depends or any(problem.code == "choice" for problem in problems)):
        return None  # a retired choice is accepted where a record holds it; a claim is each record's own
    problems += unknown
    problems += dangling([Asked(scope, clean)])[0]
    if problems:
        raise AttributeValidationError(target.name, writes.worded(scope, problems))
    return clean


def _set(
    target: JSONAttributeField, rows: QuerySet[Any], scope: Scope, clean: Mapping[str, Any], given: Mapping[str, Any]
) -> int:
    """Write the same values to all of the rows in one statement, unless some need to be looked at one by one."""
    texts = {
        scope.compiled.keys[name]: dumps(scope.usable.dump_attribute(name, value)) for name, value in clean.items()
    }
    more = sum(len(key) + len(text.encode()) + 8 for key, text in texts.items())
    limit = registry().limits.document_bytes - more
    if rows.filter(_needs_a_look(target, rows.db, limit)).exists():
        return _stream(target, rows, given)
    keys = rows.order_by().values("pk")
    query = rows.model._base_manager.using(rows.db).filter(pk__in=keys)
    return query.update(**{target.attname: SameForAll(target, texts)})


def _needs_a_look(target: JSONAttributeField, alias: str, limit: int) -> Q:
    """Return the condition that a stored document is no object, or so large that new values may be too much."""
    is_postgresql = connections[alias].vendor == "postgresql"
    kind = Func(F(target.attname), function="jsonb_typeof" if is_postgresql else "json_type", output_field=CharField())
    size = "octet_length((%(expressions)s)::text)" if is_postgresql else "length(CAST(%(expressions)s AS BLOB))"
    stored = Func(F(target.attname), template=size, output_field=IntegerField())
    return ~Q(Exact(kind, Value("object"))) | Q(GreaterThan(stored, Value(limit)))


def _stream(target: JSONAttributeField, rows: QuerySet[Any], given: Mapping[str, Any]) -> int:
    """Read, check and write the rows one by one, in batches; they are locked until the end of the transaction."""
    count = 0
    for batch in _batches(target, rows):
        for instance in batch:
            state = instance.__dict__[target.attname]
            names = target.scope_of(instance).compiled.keys
            changes = {names[name]: Change(_json(target, instance, name, value)) for name, value in given.items()}
            instance.__dict__[target.attname] = state.with_changes(changes)
        drafts = [writes.update_draft(target, instance) for instance in batch]
        writes.with_references(zip(drafts, batch, strict=True))
        for instance, draft in zip(batch, drafts, strict=True):
            if draft.problems:
                raise AttributeValidationError(target.name, draft.problems, instance)
        demand_unique(target, rows.db, list(zip(drafts, batch, strict=True)))
        made = (((draft, instance), draft.written) for draft, instance in zip(drafts, batch, strict=True))
        for expression, several in grouped(target, made):
            same = rows.model._base_manager.using(rows.db).filter(pk__in=[instance.pk for _, instance in several])
            expression.watch = watching(target, several)
            count += same.update(**{target.attname: expression})
    return count


def _json(target: JSONAttributeField, instance: Any, name: str, value: Any) -> Any:
    """Return the JSON value of one that was given; of one that will be refused, the value itself."""
    validator = target.scope_of(instance).usable
    result = validator.check_attribute(name, value)
    return value if result.problems else validator.dump_attribute(name, result.value[name])


def _batches(target: JSONAttributeField, rows: QuerySet[Any]) -> Iterator[list[Any]]:
    last: Any = None
    ordered = rows.order_by("pk")
    if target.select_related:
        ordered = ordered.select_related(*target.select_related)
    if connections[rows.db].features.has_select_for_update:
        ordered = ordered.select_for_update(of=("self",))
    while True:
        batch = list((ordered if last is None else ordered.filter(pk__gt=last))[:_BATCH])
        if not batch:
            return
        yield batch
        last = batch[-1].pk
