"""Plugins: how they are found, loaded and asked for their records, and who is to blame where that fails."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pluggy

from jsonattrs_core import hookspecs
from jsonattrs_core.builtin import Builtin
from jsonattrs_core.discovery import EntryPoint, distribution_version, entry_points, normalised
from jsonattrs_core.errors import Invalid, PluginError, SchemaError, nearest
from jsonattrs_core.records import BaseType, Constraint, RuleLanguage, Subtype, TextFormat, resolve
from jsonattrs_core.values import CORE, shown

if TYPE_CHECKING:
    from jsonattrs_core.limits import Limits

__all__ = ["GROUP", "HOOKS", "Provider", "builtin_provider", "collect", "given", "installed", "short_name"]

#: Entry-point group of the plugins.
GROUP = "jsonattrs"
#: Environment variable that names the plugins to leave out, separated by commas or spaces.
BLOCK_VARIABLE = "JSONATTRS_BLOCK"
#: The hooks, and the class of the records that each returns.
HOOKS: Mapping[str, type] = {
    "jsonattrs_base_types": BaseType,
    "jsonattrs_subtypes": Subtype,
    "jsonattrs_constraints": Constraint,
    "jsonattrs_rule_languages": RuleLanguage,
    "jsonattrs_text_formats": TextFormat,
}


@dataclass(frozen=True, slots=True)
class Provider:
    """A plugin, and the distribution that it came with."""

    name: str  #: short name: the distribution's without ``jsonattrs-``
    plugin: Any  #: module or object with the hook implementations
    distribution: str
    version: str = ""

    def __str__(self) -> str:
        return f"{self.distribution} {self.version}".rstrip()

    @property
    def way_out(self) -> str:
        """How to go on without this plugin, as the end of an error message."""
        return f"to go on without it, set {BLOCK_VARIABLE}={self.name}"

    def load(self, target: Any, what: str) -> Any:
        """Import what a record of this plugin names. Raises PluginError where it is not there."""
        try:
            return resolve(target)
        except Exception as error:  # whatever a stranger's module raises on import
            raise self.broken(f"{what} cannot be loaded from {shown(target)}", error) from error

    def make(self, maker: Callable[[], Any], what: str) -> Any:
        """Call a maker of this plugin. Raises what it says of the schema, and PluginError for anything else."""
        try:
            return maker()
        except (SchemaError, Invalid):
            raise
        except Exception as error:  # whatever a stranger's maker raises
            raise self.broken(f"{what} cannot be made", error) from error

    def broken(self, failure: str, error: Exception) -> PluginError:
        """Return the error that says what failed, whose fault it is, and how to go on without it."""
        return PluginError(f"plugin {self}: {failure}: {type(error).__name__}: {error}; {self.way_out}")


def short_name(name: str) -> str:
    """Return the short name of a provider, given that or its distribution's name."""
    return normalised(name).removeprefix(f"{CORE}-")


def builtin_provider(limits: Limits) -> Provider:
    """Return the core itself as the first provider."""
    return Provider(CORE, Builtin(limits), CORE, distribution_version(CORE))


def installed(block: Iterable[str] = ()) -> list[Provider]:
    """Load every installed plugin that is named neither in ``block`` nor in the environment's ``JSONATTRS_BLOCK``.

    Raises PluginError, naming the distribution, where one cannot be loaded.
    """
    blocked = {short_name(name) for name in (*block, *re.split(r"[\s,]+", os.environ.get(BLOCK_VARIABLE, "")))}
    points = sorted(entry_points(GROUP), key=lambda point: point.name)
    return [_load(point) for point in points if short_name(point.name) not in blocked]


def _load(point: EntryPoint) -> Provider:
    provider = Provider(short_name(point.name), None, point.distribution or point.name, point.version)
    try:
        plugin = point.load()
    except Exception as error:  # whatever a stranger's module raises on import
        raise PluginError(
            f"plugin {provider} cannot be loaded from {point.value!r}: {type(error).__name__}: {error}; "
            f"{provider.way_out}"
        ) from error
    return replace(provider, plugin=plugin)


def given(plugins: Iterable[Any] | Mapping[str, Any]) -> list[Provider]:
    """Return providers for plugin objects, named by the mapping's keys, or else by module or class, and numbered."""
    if isinstance(plugins, Mapping):
        named = [(short_name(name), plugin) for name, plugin in plugins.items()]
    else:
        named = []
        for plugin in plugins:
            name = short_name(_own_name(plugin))
            same = sum(other == name or other.startswith(f"{name}-") for other, _ in named)
            named.append((f"{name}-{same + 1}" if same else name, plugin))
    return [Provider(name, plugin, f"{CORE}-{name}") for name, plugin in named]


def _own_name(plugin: Any) -> str:
    name = plugin.__name__ if isinstance(plugin, ModuleType | type) else type(plugin).__name__
    return name.partition(".")[0] if isinstance(plugin, ModuleType) else name


def collect(providers: Iterable[Provider]) -> dict[str, list[tuple[Any, Provider]]]:
    """Call every hook of every provider once; return, by hook, the records, each with its provider."""
    manager = pluggy.PluginManager(CORE)
    manager.add_hookspecs(hookspecs)
    records: dict[str, list[tuple[Any, Provider]]] = {hook: [] for hook in HOOKS}
    seen: dict[str, Provider] = {}
    for provider in providers:
        if provider.name in seen:
            raise PluginError(
                f"{seen[provider.name]} and {provider} are both named {provider.name!r}; {provider.way_out}"
            )
        seen[provider.name] = provider
        _register(manager, provider)
        for hook, record_type in HOOKS.items():
            for caller in manager.get_hookcallers(provider.plugin) or ():
                if caller.name == hook:
                    records[hook] += _call(caller, provider, record_type)
    return records


def _register(manager: pluggy.PluginManager, provider: Provider) -> None:
    needed = getattr(provider.plugin, "JSONATTRS_API", hookspecs.API_VERSION)
    if needed != hookspecs.API_VERSION:
        raise PluginError(
            f"plugin {provider} is written for version {needed} of the plugin API, this is version "
            f"{hookspecs.API_VERSION}; {provider.way_out}"
        )
    try:
        manager.register(provider.plugin, provider.name)
    except (pluggy.PluginValidationError, ValueError) as error:
        said = " ".join(str(error).split())
        raise PluginError(f"plugin {provider}: {said}; {provider.way_out}") from error
    implemented = {caller.name for caller in manager.get_hookcallers(provider.plugin) or ()}
    for name in sorted(implemented | {name for name in dir(provider.plugin) if name.startswith(f"{CORE}_")}):
        _check_hook(name, implemented, provider)


def _check_hook(name: str, implemented: set[str], provider: Provider) -> None:
    if name in implemented and name not in HOOKS:
        raise PluginError(
            f"plugin {provider} implements {name!r}, which is no hook{nearest(name, HOOKS)}; {provider.way_out}"
        )
    if name not in implemented and callable(getattr(provider.plugin, name, None)):
        raise PluginError(
            f"plugin {provider} has {name!r} without the decorator @hookimpl, so that it is never called; "
            f"{provider.way_out}"
        )


def _call(caller: pluggy.HookCaller, provider: Provider, record_type: type) -> list[tuple[Any, Provider]]:
    found: list[tuple[Any, Provider]] = []
    for implementation in caller.get_hookimpls():
        if implementation.plugin is not provider.plugin:
            continue
        try:
            records: list[Any] = list(implementation.function())  # type: ignore[call-overload]  # pluggy has object
        except Exception as error:  # whatever a stranger's hook raises
            raise provider.broken(f"{caller.name} failed", error) from error
        for record in records:
            if not isinstance(record, record_type):
                raise PluginError(
                    f"plugin {provider}: {caller.name} returned a {type(record).__name__}, not a "
                    f"{record_type.__name__}; {provider.way_out}"
                )
            found.append((record, provider))
    return found
