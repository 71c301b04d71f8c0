"""Holding stored records against the schemas of today: what does not fit, and what can be put right without loss."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import TYPE_CHECKING, Any

from django.db import connections, transaction

from jsonattrs_core import Problem
from jsonattrs_django.documents import dumps, members_of
from jsonattrs_django.expressions import SameForAll
from jsonattrs_django.listing import ScopeFinder, StoredText
from jsonattrs_django.references.existence import Asked, dangling
from jsonattrs_django.uniqueness.claims import Claimed
from jsonattrs_django.uniqueness.conflicts import unique_problem
from jsonattrs_django.uniqueness.lookups import held_twice
from jsonattrs_django.uniqueness.mending import mend_again, records_of_rows
from jsonattrs_django.uniqueness.states import is_enforced

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.schemas.scope import Scope
    from jsonattrs_django.uniqueness.claims import Claim

__all__ = ["Audit", "Batch", "Finding"]

#: Records read with one query.
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem of one stored record."""

    pk: Any
    problem: Problem


@dataclass(slots=True)
class Batch:
    """What was found in some records."""

    records: int = 0
    findings: list[Finding] = dataclass_field(default_factory=list)
    orphans: int = 0  #: records with values that their schema does not define
    repaired: int = 0  #: documents that were no objects, and were moved aside
    reclaimed: int = 0  #: records whose claims of unique values were put right
    normalised: int = 0  #: records of which values were written in the form that is stored today


@dataclass(slots=True, kw_only=True)
class Audit:
    """An audit of all records of a model. Nothing is changed, but for what `repair` and `normalise` say."""

    field: JSONAttributeField
    using: str
    repair: bool = False  #: move stored values that are no objects aside, whole
    claims: bool = False  #: put right what records claim to have alone, and find those that have the same
    _unique: dict[tuple[str, ...], Claim] = dataclass_field(default_factory=dict, init=False)
    normalise: bool = False  #: write values that fit, and are stored in another form, as they would be stored today

    def __iter__(self) -> Iterator[Batch]:
        """Yield what is found, batch by batch of ascending primary keys; memory stays the same."""
        finder = ScopeFinder(self.field.selectors, self.field.schemas)
        lookups = [selector.lookup for selector in self.field.selectors]
        text = StoredText(self.field.attname)
        rows = self.field.model._base_manager.using(self.using).order_by("pk")
        last: Any = None
        while True:
            part = rows if last is None else rows.filter(pk__gt=last)
            found = list(part.values_list("pk", *lookups, text)[:_BATCH])
            if not found:
                break
            last = found[-1][0]
            yield self._batch(found, finder)
        if self.claims:
            yield Batch(findings=[*self._held_twice()])

    def _held_twice(self) -> Iterator[Finding]:
        """Yield records that claim what another one does: that can be as long as there is no index."""
        for claim in self._unique.values():
            if not is_enforced(self.field, self.using, claim.keys):
                problem = unique_problem(Claimed(claim, ()))
                yield from (Finding(pk, problem) for pk in held_twice(self.field, self.using, claim.keys))

    def __len__(self) -> int:
        """Return how many records there are."""
        return self.field.model._base_manager.using(self.using).count()

    def _batch(self, rows: list[tuple[Any, ...]], finder: ScopeFinder) -> Batch:
        batch = Batch(len(rows))
        finder.prepare(row[1:-1] for row in rows)
        fine: list[tuple[Any, Scope, dict[str, Any]]] = []
        find, findings = finder.find, batch.findings
        for row in rows:
            pk, document, scope = row[0], members_of(row[-1]), find(row[1:-1])
            compiled = scope.compiled
            if document is None:
                self._meet_broken(pk, batch)
            elif compiled.validator is None or scope.error is not None:
                refusal = scope.refusal()
                if document and refusal is not None:
                    findings.append(Finding(pk, refusal))
            else:
                problems = compiled.validator.problems(document)
                if problems:
                    findings += [Finding(pk, problem) for problem in problems]
                if not document.keys() <= compiled.names.keys():
                    batch.orphans += 1
                if compiled.references or self.normalise:
                    fine.append((pk, scope, document))
        self._look_for_references(fine, batch)
        if self.claims:
            self._put_claims_right(rows, batch)
        if self.normalise:
            batch.normalised = self._write_normalised(fine)
        return batch

    def _meet_broken(self, pk: Any, batch: Batch) -> None:
        if self.repair:
            # The merge of nothing but a member that is removed again: what is no object is moved to `$broken`.
            nothing = SameForAll(self.field, {}, ["$"])
            batch.repaired += (
                self.field.model._base_manager.using(self.using).filter(pk=pk).update(**{self.field.attname: nothing})
            )
        else:
            batch.findings.append(Finding(pk, Problem((), "type", {"type": "document"})))

    def _look_for_references(self, rows: list[tuple[Any, Scope, dict[str, Any]]], batch: Batch) -> None:
        asked = []
        for pk, scope, document in rows:
            if scope.compiled.references:
                keys = scope.compiled.keys
                held = {
                    keys[name]: document[keys[name]] for name in scope.compiled.references if keys[name] in document
                }
                asked.append((pk, Asked(scope, scope.usable.load(held))))
        for (pk, _), problems in zip(asked, dangling(one for _, one in asked), strict=True):
            batch.findings += [Finding(pk, problem) for problem in problems]

    def _put_claims_right(self, rows: list[tuple[Any, ...]], batch: Batch) -> None:
        records = records_of_rows(self.field, rows)
        self._unique.update({each.claim.keys: each.claim for record in records for each in record.claimed})
        wrong = [record.pk for record in records if record.changes]
        done = mend_again(self.field, self.using, wrong)
        batch.reclaimed = done.records - len({conflict.pk for conflict in done.conflicts})
        batch.findings += [Finding(conflict.pk, unique_problem(conflict.claimed)) for conflict in done.conflicts]

    def _write_normalised(self, rows: list[tuple[Any, Scope, dict[str, Any]]]) -> int:
        wanted = [pk for pk, scope, document in rows if _other_forms(scope, document)]
        if not wanted:
            return 0
        count = 0
        with transaction.atomic(using=self.using):
            records = self.field.model._base_manager.using(self.using).filter(pk__in=wanted)
            if self.field.select_related:
                records = records.select_related(*self.field.select_related)
            if connections[self.using].features.has_select_for_update:
                records = records.select_for_update(of=("self",))
            for record in list(records):
                changes = _other_forms(self.field.scope_of(record), record.__dict__[self.field.attname].document)
                if changes:
                    merged = SameForAll(self.field, {key: dumps(value) for key, value in changes.items()})
                    same = self.field.model._base_manager.using(self.using).filter(pk=record.pk)
                    count += same.update(**{self.field.attname: merged})
        return count


def _other_forms(scope: Scope, document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values, by key, that fit and would be stored in another form today."""
    if scope.compiled.validator is None:
        return {}
    names = scope.compiled.names
    values = {names[key]: value for key, value in document.items() if key in names}
    clean = scope.usable.check(values, current=scope.usable.load(document)).value
    stored = {scope.compiled.keys[name]: scope.usable.dump_attribute(name, value) for name, value in clean.items()}
    return {key: value for key, value in stored.items() if dumps(value) != dumps(document[key])}
