"""Checking without storing: what would become of a document, and what is wrong with it."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from jsonattrs_django import verdicts
from jsonattrs_django.rest_framework.checking import ToAsk, check_changes, check_new, dangling_and_taken
from jsonattrs_django.rest_framework.schemas.errors import Unusable
from jsonattrs_django.rest_framework.schemas.problems import problem_list
from jsonattrs_django.rest_framework.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jsonattrs_core import Problem
    from jsonattrs_django.rest_framework.checking import Verdict
    from jsonattrs_django.rest_framework.schemas.scopes import ScopeOf

__all__ = ["verdict_on"]


def verdict_on(asked: ScopeOf, candidate: Mapping[str, Any]) -> dict[str, Any]:
    """Return what would be stored, by name, what is wrong, and what rules only warn of. Raises Unusable.

    ``candidate`` is what :class:`CandidateSerializer` has read. The document of a record changes what it names, unless
    it is not ``partial``; a new record's is whole, unless it is. One attribute of a new record is judged by itself.
    """
    if asked.scope.error is not None:
        raise Unusable from asked.scope.error
    name = candidate.get("attribute")
    given = candidate["document"] if name is None else {name: candidate["value"]}
    partial = name is not None or candidate.get("partial", asked.record is not None)
    if asked.record is not None:
        problems, warnings, document = _changed(asked, given, replaces=not partial)
    else:
        problems, warnings, document = _new(asked, given, partial=partial)
        problems = [each for each in problems if name is None or not each.path or each.path[0] == name]
    found = problem_list(problems, asked.hidden)
    said = problem_list(warnings if name is None else (), asked.hidden)
    return {"valid": not found, "document": document, "problems": found, "warnings": said}


def _new(asked: ScopeOf, given: Any, *, partial: bool) -> tuple[list[Problem], Iterable[Problem], dict[str, Any]]:
    verdict = check_new(asked.scope, asked.access, given, partial=partial)
    dump, keys = asked.scope.usable.dump_attribute, asked.scope.compiled.keys
    document = {name: dump(name, verdict.changes[name]) for name in keys if name in verdict.changes}
    stored = {keys[name]: value for name, value in document.items()}
    return _all_problems(asked, verdict), asked.scope.usable.warnings(stored), _seen(asked, document)


def _changed(asked: ScopeOf, given: Any, *, replaces: bool) -> tuple[list[Problem], Iterable[Problem], dict[str, Any]]:
    field, record = asked.field, copy(asked.record)
    shown = Shown(asked.scope, asked.viewed)
    before = shown.of(field, asked.record)
    verdict = check_changes(field, copy(asked.record), asked.access, given, before, replaces=replaces)
    problems = _all_problems(asked, verdict)
    verdict.changes.apply(field, record)
    after = shown.of(field, record)
    warnings = verdicts.warnings_of(field, record, asked.scope)
    return problems, warnings, {name: after[name] for name in after if asked.shows_values or name in verdict.changes}


def _all_problems(asked: ScopeOf, verdict: Verdict) -> list[Problem]:
    """Return what is wrong with the values, and what other records make wrong, as far as a claim on a value reaches."""
    return [*verdict.problems, *dangling_and_taken([ToAsk(asked.field, verdict, asked.record)], asked.user)[0]]


def _seen(asked: ScopeOf, document: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name in asked.viewed}
