"""The documentation tells of everything that is there, of nothing else, and its examples work as they stand."""

from __future__ import annotations

import doctest
import importlib
import inspect
import os
import re
import shlex
import subprocess
import sys
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer

import jsonattrs_core
from jsonattrs_core import (
    Attribute,
    BaseType,
    Choice,
    ComposedSchema,
    Constraint,
    Problem,
    Registry,
    Result,
    Rule,
    RuleLanguage,
    Schema,
    SchemaError,
    Subtype,
    TextFormat,
    Validator,
    compose,
    default_registry,
    hookspecs,
)
from jsonattrs_core.cli.app import app
from jsonattrs_core.definitions import PROPERTIES, STATUSES
from jsonattrs_core.errors import Fault
from jsonattrs_core.limits import Limits
from jsonattrs_core.messages import TEXTS
from jsonattrs_core.plugins import HOOKS
from jsonattrs_core.testing import cases, no_sockets

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("examples/**/*.md"),
        *ROOT.glob("plugins/[!_]*/README.md"),
    ],
    key=lambda path: path.relative_to(ROOT).as_posix(),
)
REGISTRY = Registry.from_plugins()

page_ids = [path.relative_to(ROOT).as_posix() for path in PAGES]
each_page = pytest.mark.parametrize("page", PAGES, ids=page_ids)


# ---- reading Markdown ----


class Block(NamedTuple):
    """A fenced block, and the file that the paragraph before it says it is."""

    language: str
    text: str
    file: str
    line: int


_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"[\w./-]+\.(?:py|toml|yaml|csv|json|jsonl)").fullmatch
_CODE = re.compile(r"`([^`]+)`")


@cache
def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path) -> list[Block]:
    found = []
    for match in _FENCE.finditer(read(page)):
        before = read(page)[: match.start()].rstrip()
        spans = _CODE.findall(before.rpartition("\n\n")[2])
        file = spans[0] if spans and _FILE(spans[0]) else ""
        found.append(Block(match[1], match[2], file, before.count("\n") + 3))
    return found


def prose(page: Path) -> str:
    return _FENCE.sub("", read(page))


def section(page: Path, heading: str) -> str:
    """Return what stands under a heading, up to the next one of its rank."""
    found = re.search(rf"^(#+) {re.escape(heading)}\n(.*?)(?=^#{{1,6}} |\Z)", prose(page), re.MULTILINE | re.DOTALL)
    assert found, f"{page.name} has no heading {heading!r}"
    return found[2]


def rows(page: Path, heading: str) -> list[list[str]]:
    """Return the cells of the tables under a heading, without their heads."""
    lines = [line.strip() for line in section(page, heading).splitlines()]
    table = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines if line.startswith("|")]
    rules = [number for number, row in enumerate(table) if all(re.fullmatch(r"\s*:?-+:?\s*", cell) for cell in row)]
    return [
        [cell.strip().replace("\\|", "|") for cell in row]
        for number, row in enumerate(table)
        if number not in rules and number + 1 not in rules
    ]


def codes(cell: str) -> list[str]:
    return _CODE.findall(cell)


def first_codes(page: Path, heading: str) -> list[str]:
    return [code for row in rows(page, heading) for code in codes(row[0])]


def docs(name: str) -> Path:
    return ROOT / "docs" / name


REFERENCE = docs("reference.md")
SCHEMAS, TYPES, COMPOSITION, CHECKING, DOCUMENTS, REGISTRY_PAGE, COMMANDS = (
    docs(f"reference/{name}.md")
    for name in ("schemas", "types", "composition", "checking", "documents", "registry", "command-line")
)


def signature(function: object, name: str) -> str:
    """Return how a function is called, without types: ``check(data, current=None)``."""
    given = inspect.signature(function)  # type: ignore[arg-type]
    parameters = [
        parameter.replace(annotation=inspect.Parameter.empty)
        for parameter in given.parameters.values()
        if parameter.name not in ("self", "cls")
    ]
    shown = given.replace(parameters=parameters, return_annotation=inspect.Signature.empty)
    return f"{name}{shown}".replace("'", '"')


# ---- names ----


def test_every_public_name_is_told():
    names = first_codes(REFERENCE, "Public names")
    assert sorted(name for name in names if "." not in name) == sorted(jsonattrs_core.__all__)
    assert len(names) == len(set(names))


def test_every_other_name_that_is_told_can_be_imported():
    dotted = [name for name in first_codes(REFERENCE, "Public names") if "." in name]
    assert len(dotted) > 5
    for name in dotted:
        module, _, attribute = name.rpartition(".")
        assert hasattr(importlib.import_module(module), attribute), name


@pytest.mark.parametrize(("page", "heading"), [(REGISTRY_PAGE, "Hooks"), (docs("plugin-api.md"), "The hooks")])
def test_every_hook_is_told_with_its_arguments(page, heading):
    assert first_codes(page, heading) == [signature(getattr(hookspecs, name), name) for name in HOOKS]


def test_every_exception_is_told():
    names = {name for name in jsonattrs_core.__all__ if isinstance(getattr(jsonattrs_core, name), type)}
    exceptions = {name for name in names if issubclass(getattr(jsonattrs_core, name), Exception)}
    tree = next(block.text for block in blocks(REFERENCE) if "JSONAttrsError" in block.text)
    assert exceptions <= set(re.findall(r"\w+", tree))


def _field_names(record: type) -> list[str]:
    return [field.name for field in fields(record) if field.init]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("page", "heading", "names"),
    [
        (SCHEMAS, "Schema", _field_names(Schema)),
        (SCHEMAS, "Attribute", list(PROPERTIES)),
        (SCHEMAS, "Choice", _field_names(Choice)),
        (SCHEMAS, "Rule", _field_names(Rule)),
        (SCHEMAS, "The states of an attribute", list(STATUSES)),
        (COMPOSITION, "Faults", _field_names(Fault)),
        (CHECKING, "Result", [name for name in dir(Result) if not name.startswith("_")]),
        (DOCUMENTS, "Format 1", ["format", *_field_names(Schema)]),
        (REGISTRY_PAGE, "Limits", _field_names(Limits)),
        (REGISTRY_PAGE, "BaseType", _field_names(BaseType)),
        (REGISTRY_PAGE, "Subtype", _field_names(Subtype)),
        (REGISTRY_PAGE, "Constraint", _field_names(Constraint)),
        (REGISTRY_PAGE, "RuleLanguage", _field_names(RuleLanguage)),
        (REGISTRY_PAGE, "TextFormat", _field_names(TextFormat)),
        (REFERENCE, "Problems", list(Problem._fields)),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_every_property_is_told(page, heading, names):
    told = first_codes(page, heading)
    assert sorted(told) == sorted(names)


def test_the_limits_are_those_of_the_code():
    told = {codes(row[0])[0]: int(row[1].replace(",", "")) for row in rows(REGISTRY_PAGE, "Limits")}
    assert told == {name: getattr(Limits(), name) for name in told}


CALLS_OF_VALIDATORS = ("check", "check_attribute", "validate", "to_text", "dump", "load", "problems")
CALLS_OF_VALIDATORS += ("dump_attribute", "load_attribute", "hidden", "required", "defaults")
CALLS = [
    (CHECKING, [(Validator, name) for name in CALLS_OF_VALIDATORS]),
    (COMPOSITION, [(ComposedSchema, name) for name in ("compile", "explain", "to_document", "to_json_schema")]),
]


@pytest.mark.parametrize(
    ("page", "text"),
    [(page, signature(getattr(owner, name), name)) for page, calls in CALLS for owner, name in calls]
    + [
        (COMPOSITION, "compose(*schemas)"),
        (REGISTRY_PAGE, signature(default_registry, "default_registry")),
        (REGISTRY_PAGE, signature(Registry.with_plugins, "registry.with_plugins")),
        (REGISTRY_PAGE, signature(cases, "cases")),
        (REGISTRY_PAGE, signature(no_sockets, "no_sockets")),
        (DOCUMENTS, signature(Schema.to_document, "schema.to_document")),
    ],
)
def test_every_call_is_told_with_its_arguments(page, text):
    assert f"`{text}`" in prose(page) or f"[`{text}`]" in prose(page)


@pytest.mark.parametrize("name", ["installed", "from_plugins"])
def test_the_ways_to_make_a_registry_are_told(name):
    told = next(code for code in first_codes(REGISTRY_PAGE, "Making one") if code.startswith(f"Registry.{name}("))
    names = re.findall(r"(\w+)=", told) or []
    positional = re.findall(r"\((\w+)[,)=]", told)
    given = inspect.signature(getattr(Registry, name)).parameters
    assert set(names) | set(positional) == set(given)


def test_every_member_of_a_composed_schema_and_of_a_validator_is_told():
    for cls, page in ((ComposedSchema, COMPOSITION), (Validator, CHECKING), (Result, CHECKING)):
        for name in vars(cls):
            if not name.startswith("_"):
                assert re.search(rf"`(?:\w+\.)?{name}\b", prose(page)), f"{cls.__name__}.{name}"


def test_the_reserved_names_are_those_of_the_code():
    text = section(SCHEMAS, "Names and keys")
    told = codes(text[text.index("reserved") : text.index("A key matches")])
    assert len(told) == 26
    for name in told:
        with pytest.raises(SchemaError, match="reserved"):
            compose(Schema("s", [Attribute(name, "text", key="k")])).compile(REGISTRY)


# ---- types ----

TYPE_ROWS = {codes(row[0])[0]: row for row in rows(TYPES, "Base types")}


def _known(table: object) -> dict[str, object]:
    return {name: record for name, record in table.items() if "@" not in name}  # type: ignore[attr-defined]


def test_every_base_type_is_told_in_its_order():
    assert list(TYPE_ROWS) == list(_known(REGISTRY.base_types))


@pytest.mark.parametrize("name", _known(REGISTRY.base_types))
def test_what_is_told_of_a_base_type_is_true(name):
    record = REGISTRY.base_types[name]
    _, python, json, constraints, named = TYPE_ROWS[name]
    assert record.python.__name__ in codes(python)
    assert json == ("true, false" if record.json == "boolean" else record.json)
    assert sorted(codes(constraints)) == sorted(record.constraints)
    assert codes(named) == list(record.named)
    assert section(TYPES, name).strip()


CONSTRAINT_HEADINGS = [f"Constraints {kind}" for kind in ("of texts", "that compare", "of lists", "of objects")]
CONSTRAINT_ROWS = {codes(row[0])[0]: row for heading in CONSTRAINT_HEADINGS for row in rows(TYPES, heading)}


def test_every_constraint_is_told():
    assert sorted(CONSTRAINT_ROWS) == sorted(_known(REGISTRY.constraints))


@pytest.mark.parametrize("name", _known(REGISTRY.constraints))
def test_what_is_told_of_a_constraint_is_true(name):
    record = REGISTRY.constraints[name]
    _, bases, _, raised = CONSTRAINT_ROWS[name]
    assert bases == "every type" if tuple(record.bases) == ("*",) else codes(bases) == list(record.bases)
    if name == "json_schema":
        assert {*first_codes(TYPES, "json_schema"), "too_large"} == set(record.codes)
        assert "`too_large`" in section(TYPES, "json_schema")
    else:
        assert codes(raised) == list(record.codes)


SUBTYPE_ROWS = {codes(row[0])[0]: row for row in rows(TYPES, "Subtypes")}


def test_every_subtype_is_told():
    assert sorted(SUBTYPE_ROWS) == sorted(_known(REGISTRY.subtypes))


@pytest.mark.parametrize("name", _known(REGISTRY.subtypes))
def test_what_is_told_of_a_subtype_is_true(name):
    record = REGISTRY.subtypes[name]
    _, base, _, raised = SUBTYPE_ROWS[name]
    assert codes(base) == [record.base]
    assert codes(raised) == list(record.codes)


# ---- problems ----

CODE_ROWS = {codes(row[0])[0]: row for row in rows(REFERENCE, "Problem codes")}


def _plural(text: object) -> str:
    return text if isinstance(text, str) else text[1]  # type: ignore[index]


def test_every_problem_code_is_told():
    declared = {
        code for record in [*REGISTRY.subtypes.values(), *REGISTRY.constraints.values()] for code in record.codes
    }
    known = {key.partition(".")[0] for key in TEXTS}
    assert set(CODE_ROWS) == known == known | declared


@pytest.mark.parametrize("code", sorted({key.partition(".")[0] for key in TEXTS}))
def test_the_message_and_the_parameters_of_a_code_are_told(code):
    _, _, params, message = CODE_ROWS[code]
    text = _plural(TEXTS[code])
    variants = [key for key in TEXTS if key.startswith(f"{code}.")]
    assert "(#" in message if variants else message.endswith(text)
    for name in re.findall(r"%\((\w+)\)s", text):
        assert name in codes(params)


def test_every_message_of_type_and_format_is_told():
    told = {}
    for kind, of_type, of_format in rows(REFERENCE, "Messages of `type` and `format`"):
        variant = f".{codes(kind)[0]}" if codes(kind) else ""
        told |= {f"type{variant}": of_type, **({f"format{variant}": of_format} if of_format else {})}
    del told["type"], told["format"]
    variants = {key: text for key, text in TEXTS.items() if key.startswith(("type.", "format."))}
    assert told == {key: text for key, text in variants.items() if not key.endswith(".example")}


def test_every_message_with_an_example_is_told():
    told = {f"{codes(code)[0]}.example": message for code, message in rows(REFERENCE, "Messages with an example")}
    assert told == {key: text for key, text in TEXTS.items() if key.endswith(".example")}


def test_every_message_of_choice_min_and_max_is_told():
    told, code = {}, ""
    for said, where, message in rows(REFERENCE, "Messages of `choice`, `min` and `max`"):
        code = codes(said)[0] if said else code
        told[f"{code}.{codes(where)[0]}" if codes(where) else code] = message
    assert told == {key: text for key, text in TEXTS.items() if key.partition(".")[0] in ("choice", "min", "max")}


def test_every_message_of_too_large_and_syntax_is_told():
    told, code = {}, ""
    for shown, unit, message in rows(REFERENCE, "Messages of `too_large` and `syntax`"):
        code = codes(shown)[0] if shown else code
        told[f"{code}.{codes(unit)[0]}" if codes(unit) else code] = message
    assert told == {key: text for key, text in TEXTS.items() if key.partition(".")[0] in ("too_large", "syntax")}


# ---- the command line ----


def _commands(command: Any, name: str) -> list[tuple[str, Any]]:
    """Return the commands with their full names; a group is what has commands."""
    inside = getattr(command, "commands", None)
    if inside is None:
        return [(name, command)]
    return [found for own, inner in inside.items() for found in _commands(inner, f"{name} {own}")]


COMMAND_LINE = dict(_commands(typer.main.get_command(app), "jsonattrs"))
HEADINGS = {
    "jsonattrs validate": "validate",
    "jsonattrs check": "check",
    **{f"jsonattrs {name}": "lists" for name in ("plugins", "types", "subtypes")},
    "jsonattrs new-plugin": "new-plugin",
    **{f"jsonattrs schema {name}": "schema" for name in ("show", "compose", "explain", "export")},
}


def test_every_command_is_told():
    table = [code for row in rows(COMMANDS, "The command line") for code in codes(row[0])]
    assert sorted(code for code in table if code.startswith("jsonattrs")) == sorted(COMMAND_LINE) == sorted(HEADINGS)


def test_every_option_is_told_and_no_other():
    told: dict[str, set[str]] = {name: set() for name in COMMAND_LINE}
    for name, heading in HEADINGS.items():
        for row in rows(COMMANDS, heading):
            if len(row) == 2 or name.rpartition(" ")[2] in codes(row[1]):
                told[name] |= {option.split()[0] for option in codes(row[0])}
    there = {
        name: {option for param in command.params for option in param.opts if option.startswith("-")} - {"--help", "-h"}
        for name, command in COMMAND_LINE.items()
    }
    assert told == there


# ---- the examples ----


@each_page
def test_the_python_examples_run(page, tmp_path, monkeypatch):
    """The blocks of a page run one after the other in one namespace; those with ``>>>`` are compared."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    _write_files(page, tmp_path)
    namespace: dict[str, object] = {"__name__": "__main__"}
    for block in blocks(page):
        if block.language != "python" or block.file:
            continue
        if ">>>" not in block.text:
            exec(compile(block.text, f"{page}:{block.line}", "exec"), namespace)
            continue
        test = doctest.DocTestParser().get_doctest(block.text, namespace, page.name, str(page), block.line)
        test.globs = namespace
        report: list[str] = []
        doctest.DocTestRunner(verbose=False).run(test, out=report.append, clear_globs=False)
        assert not report, "".join(report)


def _write_files(page: Path, folder: Path) -> list[str]:
    files = [block for block in blocks(page) if block.file]
    for block in files:
        path = folder / block.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")
    return [block.file for block in files]


def _plain(output: str) -> str:
    lines = [line.rstrip() for line in re.sub(r"\([\d.,]+ s\)", "(0.0 s)", output).splitlines()]
    return "\n".join(lines).strip()


def _sessions(page: Path) -> list[tuple[list[str], str]]:
    """Return the ``jsonattrs`` commands of a page that show what they print, each with that."""
    found = []
    all_blocks = blocks(page)
    for number, block in enumerate(all_blocks):
        if block.language != "console":
            continue
        parts = re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]
        for part in parts:
            command, _, output = part.partition("\n")
            following = all_blocks[number + 1] if number + 1 < len(all_blocks) else None
            if not output and part is parts[-1] and following is not None and not following.language:
                output = following.text
            if command.startswith("jsonattrs ") and output:
                found.append((shlex.split(command)[1:], output))
    return found


@each_page
def test_the_commands_print_what_the_page_shows(page, tmp_path):
    _write_files(page, tmp_path)
    environment = {**os.environ, "COLUMNS": "120", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    for arguments, output in _sessions(page):
        command = [sys.executable, "-m", "jsonattrs_core", *arguments]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        assert _plain(done.stdout + done.stderr) == _plain(output), arguments


def test_some_commands_are_shown():
    assert sum(len(_sessions(page)) for page in PAGES) >= 3


def test_the_worked_plugin_passes_its_own_tests(tmp_path):
    """The files of the page, installed as a distribution is: a folder on the path with a ``.dist-info`` beside it."""
    files = _write_files(docs("plugin-api.md"), tmp_path)
    assert len(files) == 4
    source = tmp_path / "src"
    information = source / "jsonattrs_isbn-0.1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: jsonattrs-isbn\nVersion: 0.1.0\n")
    (information / "entry_points.txt").write_text("[jsonattrs]\njsonattrs-isbn = jsonattrs_isbn\n")
    environment = {**os.environ, "PYTHONPATH": f"{source}{os.pathsep}{ROOT}"}
    for command in (
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", tmp_path, tmp_path / "tests"],
        [sys.executable, "-m", "doctest", source / "jsonattrs_isbn" / "checks.py"],
        [sys.executable, "-m", "jsonattrs_core", "check", "978-0-306-40615-7", "--subtype", "isbn-13@isbn"],
    ):
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout == '"9780306406157"\n'


# ---- links ----

_LINK = re.compile(r"\[(?:[^\]\[]|\[[^\]]*\])*\]\(([^)\s]+)\)")


def _anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#{1,6} (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@each_page
def test_the_links_lead_somewhere(page):
    for target in _LINK.findall(prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        path = (page.parent / file).resolve() if file else page
        assert path.exists(), target
        assert path.is_relative_to(ROOT), target
        if anchor:
            assert anchor in _anchors(path), target


def test_every_page_can_be_reached_from_the_index():
    seen, waiting = set(), [docs("README.md")]
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        targets = ((page.parent / target.partition("#")[0]).resolve() for target in _LINK.findall(prose(page)))
        waiting += [path for path in targets if path.suffix == ".md" and path.exists()]
    decisions = set(docs("decisions").glob("*.md"))
    assert set(PAGES) - decisions <= seen


def test_decisions_are_numbered_and_have_their_sections():
    pages = sorted(docs("decisions").glob("*.md"))
    assert [page.name[:4] for page in pages] == [f"{number:04}" for number in range(len(pages))]
    for page in pages:
        headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
        assert headings[0].startswith(f"{page.name[:4]}: ")
        assert headings[1:] == ["Context", "Decision", "Consequences"]
        assert re.search(r"^\*\*Status:\*\* (?:accepted|superseded by \d{4}), \d{4}$", read(page), re.MULTILINE)
