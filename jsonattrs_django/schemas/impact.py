"""What a change of schemas means for the scopes that they apply to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonattrs_core import JSONAttrsError, Schema, SchemaError, applicable, compose
from jsonattrs_django.indexes.limits import too_long
from jsonattrs_django.planning.names import Names
from jsonattrs_django.registry import registry
from jsonattrs_django.schemas.generation import schema_database
from jsonattrs_django.schemas.reach import generalises, reached

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.selectors import Texts

__all__ = ["Trial", "demand_that_all_compose"]

#: Scopes that a refusal names; the rest is counted.
_NAMED = 10


def demand_that_all_compose(
    field: JSONAttributeField, every: Mapping[Texts, Schema], changes: Mapping[Texts, Schema | None]
) -> None:
    """Refuse changes of schemas that would leave a scope without a schema that can be used.

    ``every`` holds the schemas as they are that share records with the changed ones, by the tuples that they are bound
    to; ``changes`` those that are to be, None where one is to go. Raises SchemaError with the faults of the changed
    schemas themselves, or else naming the narrower scopes and what would be wrong there; PluginError where a plugin is
    missing. What was wrong before counts for nothing.
    """
    after = {texts: schema for texts, schema in {**every, **changes}.items() if schema is not None}
    trial = Trial(field, every, after)
    faults: list[Any] = []
    for changed in changes:
        own = trial.error(after, changed)
        if own is not None and changes[changed] is not None:
            raise own
        broken = trial.broken_below(changed, with_own=True)
        faults += [f"in the scope {field.selectors.described(texts)}: {error}" for texts, error in broken.items()]
    if faults:
        rest = [f"and in {len(faults) - _NAMED} more scopes"] if len(faults) > _NAMED else []
        raise SchemaError(["the change would break narrower scopes", *faults[:_NAMED], *rest])


class Trial:
    """Composes and compiles the schemas of a field before a change and after it.

    That is done once for all scopes that come out the same.
    """

    def __init__(
        self, field: JSONAttributeField, before: Mapping[Texts, Schema], after: Mapping[Texts, Schema]
    ) -> None:
        self._field, self._before, self._after = field, before, after
        said = (attribute for schema in after.values() for attribute in schema.attributes)
        asked = {str(attribute.key or attribute.name) for attribute in said if attribute.indexed is True}
        self._indexed = asked | field.schemas.indexed_keys(schema_database())
        self._errors: dict[str, JSONAttrsError | None] = {}

    def error(self, schemas: Mapping[Texts, Schema], texts: Texts) -> JSONAttrsError | None:
        """Return what is wrong with the scope of these texts, None if nothing is."""
        try:
            composed = compose(*applicable(schemas, texts))
        except SchemaError as error:
            return error
        key = composed.fingerprint
        if key not in self._errors:
            try:
                faults = too_long(composed, composed.compile(registry()), self._indexed)
            except JSONAttrsError as error:
                self._errors[key] = error
            else:
                self._errors[key] = SchemaError(faults) if faults else None
        return self._errors[key]

    def broken_below(self, changed: Texts, with_own: bool = False) -> dict[Texts, JSONAttrsError]:
        """Return the scopes below a changed one that would have faults which they have not now, with all of these.

        Where no record can be, since the project is another organisation's, nothing is broken, and nobody is told.
        """
        found = {}
        for texts in reached([*self._before, *self._after, changed], changed):
            if not generalises(changed, texts) or (texts == changed and not with_own):
                continue
            error = self.error(self._after, texts)
            if error is not None and not _was_there(error, self.error(self._before, texts)):
                found[texts] = error
        names = Names(self._field, found)
        return {texts: error for texts, error in found.items() if texts == changed or names.is_there(texts)}


def _was_there(error: JSONAttrsError, before: JSONAttrsError | None) -> bool:
    """Tell whether a scope had these faults already."""
    if before is None:
        return False
    return {*map(str, getattr(error, "faults", [error]))} <= {*map(str, getattr(before, "faults", [before]))}
