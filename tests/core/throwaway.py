"""Plugins to throw away: as distributions on a directory of their own, and as objects."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING

from jsonattrs_core import Attribute, Registry, Schema, Subtype, compose, hookimpl

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "from jsonattrs_core import BaseType, Constraint, Invalid, RuleLanguage, Subtype, hookimpl\n"


class Site:
    """A directory on ``sys.path`` into which throwaway distributions are installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.modules: list[str] = []

    def install(self, distribution, code, *, version="1.2.3", module=None, entry_point=None):
        """Write a package and the metadata that pip would write; return the name of the package."""
        module = module or distribution.replace("-", "_")
        self.modules.append(module)
        self.write(f"{module}/__init__.py", HEAD + textwrap.dedent(code))
        info = f"{distribution.replace('-', '_')}-{version}.dist-info"
        self.write(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n")
        self.write(f"{info}/entry_points.txt", f"[jsonattrs]\n{distribution} = {entry_point or module}\n")
        return module

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        return path


def empty_site(tmp_path, monkeypatch):
    """Yield an empty directory on ``sys.path``, with no plugins blocked: the body of a fixture."""
    monkeypatch.delenv("JSONATTRS_BLOCK", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    found = Site(tmp_path)
    yield found
    for name in list(sys.modules):
        if name.partition(".")[0] in found.modules:
            del sys.modules[name]


def subtypes(*names, load="jsonattrs_acme.checks:check", **details):
    """Return the code of a plugin that offers subtypes of these names."""
    extra = "".join(f", {name}={value!r}" for name, value in details.items())
    records = ", ".join(
        f"Subtype(base='text', name={name!r}, load={load!r}, label='L', summary='S', examples=('x',), "
        f"invalid_examples=('y',){extra})"
        for name in names
    )
    return f"@hookimpl\ndef jsonattrs_subtypes():\n    return [{records}]\n"


def schema(subtype, base="text", **properties):
    return compose(Schema("garden", [Attribute("code", base, subtype=subtype, **properties)]))


def names_of(registry):
    return [provider.name for provider in registry.providers]


class Offering:
    """A plugin that offers subtypes of text with one check."""

    def __init__(self, check, *subtypes, **details):
        given = {"base": "text", "label": "L", "summary": "S", "examples": (), "invalid_examples": (), **details}
        self._records = [Subtype(name=name, load=check, **given) for name in subtypes]

    @hookimpl
    def jsonattrs_subtypes(self):
        return self._records


def signing(name):
    """Return a check that adds a name to the value."""
    return lambda value: value if value.endswith(name) else f"{value} {name}"


def checking(check, **details):
    """Return a registry with a plugin whose subtype ``acme-code`` has this check."""
    return Registry.from_plugins({"acme": Offering(check, "acme-code", **details)})


def offering(prefer=None, **priorities):
    """Return a registry of plugins that all offer the same two subtypes, with their priorities."""
    plugins = {
        name: Offering(signing(name), "id-nik", "id-post-code", priority=priority)
        for name, priority in priorities.items()
    }
    return Registry.from_plugins(plugins, prefer=prefer or {})
