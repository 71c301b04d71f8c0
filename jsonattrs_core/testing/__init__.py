"""The conformance kit: tests of everything that a plugin contributes, made from its records, for any test runner.

::

    CASES = dict(cases(Registry.installed(), provider="isbn"))

    @pytest.mark.parametrize("case", CASES.values(), ids=CASES)
    def test_conformance(case):
        case()

A case fails with an AssertionError of one sentence. What is asked of each value, whatever it is: a verdict within
:data:`MAX_SECONDS`, no ``provider_error``, only declared codes, no value in a message; and where it is accepted, a
clean value that checking again does not change and that survives storing. No case may open a socket.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from jsonattrs_core.errors import PluginError, nearest
from jsonattrs_core.plugins import short_name
from jsonattrs_core.testing.base_types import base_type_cases
from jsonattrs_core.testing.constraints import constraint_cases
from jsonattrs_core.testing.probe import MAX_SECONDS
from jsonattrs_core.testing.rule_languages import rule_language_cases
from jsonattrs_core.testing.sockets import SocketUsed, no_sockets
from jsonattrs_core.testing.subtypes import subtype_cases
from jsonattrs_core.testing.texts import text_format_cases

if TYPE_CHECKING:
    from jsonattrs_core.registry import Registry

__all__ = ["MAX_SECONDS", "SocketUsed", "cases", "no_sockets"]

Case = Callable[[], None]

_MAKERS: dict[str, Callable[[Registry, dict[str, Any]], Iterator[tuple[str, Case]]]] = {
    "base type": base_type_cases,
    "subtype": subtype_cases,
    "constraint": constraint_cases,
    "rule language": rule_language_cases,
    "text format": text_format_cases,
}


def cases(registry: Registry, provider: str | None = None) -> Iterator[tuple[str, Case]]:
    """Return ``(id, callable)`` pairs, one for each thing that is asked of each record, those that lose included.

    ``provider`` is a plugin's short name or its distribution's; without it, the cases of all plugins are given, the
    built-in one included. A callable raises AssertionError. Raises PluginError where there is no such provider: no
    cases are no success.
    """
    wanted = None if provider is None else short_name(provider)
    names = [known.name for known in registry.providers]
    if wanted is not None and wanted not in names:
        raise PluginError(f"the provider {provider!r} is not in this registry{nearest(wanted, names)}")
    return _made(registry, wanted)


def _made(registry: Registry, wanted: str | None) -> Iterator[tuple[str, Case]]:
    for about in registry.describe():
        if wanted in (None, about["provider"]):
            for name, case in _MAKERS[about["kind"]](registry, about):
                yield name, partial(_without_sockets, case)


def _without_sockets(case: Case) -> None:
    with no_sockets() as attempts:
        case()
    if attempts:  # the plugin caught the error, and went on without what it wanted to know
        raise AssertionError(attempts[0])
