"""Bring the gettext catalogs up to date with the messages of the code, and compile them: ``make messages``.

    python tools/catalogs.py [--check] [--domain DOMAIN] TEMPLATE FOLDER LANGUAGE...
    python tools/catalogs.py [--check] --plugins LANGUAGE...

The messages of a plugin are those of its own codes, which its records hold; its catalogs are in its package.

Babel does the work. Its own commands put dates, its version and placeholders for people's names into every file, so
that each run changes each file; here the headers say only what programs read. The English catalog is filled with what
the code says, so that tests and tools can treat English like every other language.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from jsonattrs_core import Registry
from jsonattrs_django.messages import MESSAGES

DOMAIN = "jsonattrs"
#: Numbers of plural forms, and which of them a number takes, where Babel has it wrong. The third form that some
#: releases of it have for French is that of round millions, which gettext does not know.
_PLURALS = {"fr": (2, "(n > 1)"), "id": (1, "0")}
_KEPT = ("Language", "Plural-Forms", "MIME-Version", "Content-Type", "Content-Transfer-Encoding")
_COMMENT = """\
# {language} messages of jsonattrs.
# Copyright (C) the jsonattrs developers
# This file is distributed under the same license as jsonattrs."""


class _QuietCatalog(Catalog):
    """A catalog whose header changes only when somebody changes it."""

    def __init__(self, language: str, domain: str) -> None:
        super().__init__(language, domain=domain, charset="utf-8", fuzzy=False)
        self.header_comment = _COMMENT.format(language=self.locale.english_name if self.locale else language)
        if language in _PLURALS:
            self._num_plurals, self._plural_expr = _PLURALS[language]

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The lines of the header that programs read; the last ends it."""
        headers = [(name, value) for name, value in super()._get_mime_headers() if name in _KEPT]
        return [("Project-Id-Version", self.domain or DOMAIN), *headers[:-1], (headers[-1][0], f"{headers[-1][1]}\n")]


def main(arguments: list[str]) -> int:
    """Update the catalogs and say what they still lack; with ``--check`` change nothing, and return 1 if they do."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="change nothing; fail where a catalog is not complete")
    parser.add_argument("--plugins", action="store_true", help="the catalogs of the plugins, not those of the core")
    parser.add_argument("--domain", default=DOMAIN, help="of the catalogs in FOLDER")
    parser.add_argument(
        "where", nargs="*", metavar="TEMPLATE FOLDER LANGUAGE...", help="without the first two: --plugins"
    )
    given = parser.parse_args(arguments)
    if given.plugins:
        jobs, languages = list(_plugin_templates()), given.where
    else:
        template, folder, *languages = given.where
        jobs = [(_read(Path(template)), Path(folder), given.domain)]
    faults = []
    for template, folder, domain in jobs:
        for language in languages:
            path = folder / language / "LC_MESSAGES" / f"{domain}.po"
            if not given.check:
                _write(path, _updated(path, template, language, domain))
            faults += [f"{path}: {fault}" for fault in catalog_faults(path, template)]
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    return 1 if faults and given.check else 0


def _plugin_templates() -> Iterator[tuple[Catalog, Path, str]]:
    """Yield the messages of each plugin and the Django adapter, the folder of their catalogs, and their domain."""
    for project in sorted(Path("plugins").glob("[!_]*/pyproject.toml")):
        name = project.parent.name
        template = Catalog(domain=f"{DOMAIN}-{name}")
        for text in _own_messages(name):
            template.add(text)
        if len(template):
            yield template, project.parent / "src" / f"{DOMAIN}_{name}" / "locale", f"{DOMAIN}-{name}"
    template = Catalog(domain=f"{DOMAIN}-django")
    for text in MESSAGES.values():
        template.add(text)
    yield template, Path(f"{DOMAIN}_django") / "locale", f"{DOMAIN}-django"


def _own_messages(name: str) -> list[str]:
    """Return the English messages of the codes that are a plugin's own."""
    module = import_module(f"{DOMAIN}_{name}")
    registry = Registry.from_plugins({name: module})
    records = (*registry.subtypes.values(), *registry.constraints.values())
    found = (record.codes for record in records if isinstance(record.codes, Mapping))
    return list(dict.fromkeys(text for codes in found for code, text in codes.items() if code.startswith(f"{name}.")))


def catalog_faults(path: Path, template: Catalog) -> list[str]:
    """Return what is wrong with the catalog at ``path`` and with what it was compiled to, a line each."""
    if not path.exists():
        return ["there is no such file"]
    catalog, wanted = _texts(_read(path)), _texts(template)
    faults = [f"not translated: {forms[0]!r}" for forms, strings in catalog.items() if not all(strings)]
    faults += [f"not extracted yet: {forms[0]!r}" for forms in wanted.keys() - catalog.keys()]
    faults += [f"gone from the code: {forms[0]!r}" for forms in catalog.keys() - wanted.keys()]
    with path.with_suffix(".mo").open("rb") as file:
        compiled = _texts(read_mo(file))
    if compiled != {forms: strings for forms, strings in catalog.items() if all(strings)}:
        faults.append("the .mo file beside it is not what it compiles to")
    return faults


def _read(path: Path, language: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def _updated(path: Path, template: Catalog, language: str, domain: str) -> Catalog:
    """Return the messages of ``template`` with the translations that the catalog at ``path`` has."""
    known = _read(path, language) if path.exists() else Catalog(language)
    catalog = _QuietCatalog(language, domain)
    for message in template:
        if not message.id:
            continue
        mine = known.get(message.id)
        string = message.id if language == "en" else mine.string if mine else ""
        catalog.add(
            message.id,
            string,
            message.locations,
            mine.flags if mine else message.flags,
            message.auto_comments,
            mine.user_comments if mine else (),
        )
    return catalog


def _write(path: Path, catalog: Catalog) -> None:
    """Write the catalog, and what it compiles to, where they differ from what is there."""
    source, compiled = BytesIO(), BytesIO()
    write_po(source, catalog, width=110, include_lineno=False)
    write_mo(compiled, catalog)
    path.parent.mkdir(parents=True, exist_ok=True)
    for target, content in ((path, source.getvalue()), (path.with_suffix(".mo"), compiled.getvalue())):
        if not target.exists() or target.read_bytes() != content:
            target.write_bytes(content)


def _texts(catalog: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the forms of each message and those of its translation; a fuzzy one is none."""
    return {_forms(each.id): ("",) if each.fuzzy else _forms(each.string) for each in catalog if each.id}


def _forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, list | tuple) else (text or "",)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
