"""docs/django.md runs as it stands, and docs/reference/django.md tells of everything that is there and nothing else."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "django.md"
FORMS = ROOT / "docs" / "forms.md"
EXCHANGE = ROOT / "docs" / "exchange.md"
NINJA = ROOT / "docs" / "ninja.md"
REST = ROOT / "docs" / "rest.md"
REFERENCE = ROOT / "docs" / "reference" / "django.md"
README = ROOT / "README.md"


# ---- reading Markdown ----


class Block(NamedTuple):
    language: str
    text: str
    before: str  #: the paragraph before it
    line: int


_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_FILE = re.compile(r"[\w./-]+\.(?:py|yaml)").fullmatch


def blocks(text):
    for match in _FENCE.finditer(text):
        before = text[: match.start()].rstrip()
        yield Block(match[1], match[2], before.rpartition("\n\n")[2], before.count("\n") + 3)


def prose(page):
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def section(heading, page=REFERENCE):
    """Return what stands under a heading, up to the next one."""
    found = re.search(rf"^(#+) {re.escape(heading)}\n(.*?)(?=^#{{1,6}} |\Z)", prose(page), re.MULTILINE | re.DOTALL)
    assert found, f"{page.name} has no heading {heading!r}"
    return found[2]


def tables(heading):
    """Return the tables under a heading, each a list of rows of cells, without their heads."""
    found = []
    for text in re.findall(r"(?:^\|.*\n)+", section(heading), re.MULTILINE):
        table = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines()]
        found.append(table[2:])
    return found


def rows(heading):
    return [row for table in tables(heading) for row in table]


def codes(cell):
    return _CODE.findall(cell)


def told(heading):
    """Return what the first column under a heading has in code."""
    return [code for row in rows(heading) for code in codes(row[0])]


def names(heading):
    """Return the same without arguments."""
    return [re.split(r"[\[(]", code)[0] for code in told(heading)]


def named_file(block):
    return next(filter(_FILE, _CODE.findall(block.before)), None)


# ---- the guide, in a project of its own ----


def run_guide(text, folder):
    """Do what the page says in a new project; return what comes out differently."""
    project = Project(folder)
    every = list(blocks(text))
    for block in every:
        if block.language in ("py", "yaml"):
            project.write(block)
    project.set_up()
    for number, block in enumerate(every):
        following = every[number + 1] if number + 1 < len(every) else Block("", "", "", 0)
        if block.language == "pycon":
            project.session(block)
        elif block.language == "console":
            project.commands(block, "" if following.language else following.text)
        elif block.language == "diff":
            project.edit(block)
    return project.report


class Project:
    def __init__(self, folder):
        self.folder = folder
        self.report = []
        self.names = {"__name__": "__main__"}
        self._run("-m", "django", "startproject", "mysite", ".")
        (folder / "inventory").mkdir()
        (folder / "inventory" / "__init__.py").touch()

    def write(self, block):
        name = named_file(block)
        assert name, f"nobody says what file the block of line {block.line} is"
        path = self.folder / ("mysite/settings.py" if name == "settings.py" else name)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"\n{block.text}")

    def edit(self, block):
        path = self.folder / named_file(block)
        lines = block.text.splitlines(keepends=True)
        old, new = ("".join(line[1:] for line in lines if line.startswith(sign)) for sign in "-+")
        assert old in path.read_text(encoding="utf-8")
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    def set_up(self):
        sys.path.insert(0, str(self.folder))
        os.chdir(self.folder)
        os.environ["DJANGO_SETTINGS_MODULE"] = "mysite.settings"
        import django

        django.setup()

    def session(self, block):
        test = doctest.DocTestParser().get_doctest(block.text, self.names, "guide", str(GUIDE), block.line)
        test.globs = self.names
        runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS)
        runner.run(test, out=self.report.append, clear_globs=False)

    def commands(self, block, output_below):
        """Run the commands of a block that are this project's; the output stands after each, or in the next block."""
        from jsonattrs_django.testing import reset

        parts = re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]
        for number, part in enumerate(parts):
            command, _, expected = part.partition("\n")
            words = shlex.split(command)
            if words[0] != "python":
                assert words[:2] == ["pip", "install"], command
                continue
            if not expected and number + 1 == len(parts):
                expected = output_below
            code, given = self._run(*words[1:], check=False)
            if plain(given) != plain(expected) if expected else code:
                self.report.append(f"line {block.line}: {command}\nExpected:\n{expected}\nGot:\n{given}")
        reset()  # what the commands have changed is seen within a second: not to wait for it

    def _run(self, *arguments, check=True):
        environment = {**os.environ, "COLUMNS": "120", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=check,
        )
        return done.returncode, done.stdout + done.stderr


def plain(output):
    return "\n".join(line.rstrip() for line in output.strip().splitlines())


SHOWN = """
from django.db import models

from jsonattrs_django.fields import JSONAttributeField
from jsonattrs_django.models import AttributeManager


class Company(models.Model):
    name = models.CharField(max_length=100)

    def __str__(self):
        return self.name


"""


def run_readme(text, folder):
    """Do what the section of the README says, with the imports and the other model that it does not show."""
    project = Project(folder)
    shown = list(blocks(text[text.index("\n## In Django") : text.index("\n## Plugins")]))
    model = next(block.text for block in shown if block.language == "py")
    (folder / "inventory" / "models.py").write_text(SHOWN + model, encoding="utf-8")
    with (folder / "mysite" / "settings.py").open("a", encoding="utf-8") as file:
        file.write('INSTALLED_APPS += ["jsonattrs_django", "inventory"]\n')
    project.set_up()
    project._run("manage.py", "makemigrations", "inventory")
    project._run("manage.py", "migrate")
    exec("from inventory.models import Company, Machine", project.names)
    for block in shown:
        if block.language == "pycon":
            project.session(block)
    return project.report


def run_next(text, folder):
    """Do what a page says that goes on with the application which the guide begins with."""
    guide = GUIDE.read_text(encoding="utf-8")
    return run_guide(guide[: guide.index("## The first schema")] + text, folder)


RUNS = {
    "guide": (run_guide, GUIDE),
    "forms": (run_next, FORMS),
    "exchange": (run_next, EXCHANGE),
    "ninja": (run_next, NINJA),
    "rest": (run_next, REST),
    "readme": (run_readme, README),
}


@pytest.mark.parametrize("name", RUNS)
def test_the_page_runs_in_a_new_project(name, tmp_path):
    if os.environ.get("JSONATTRS_TEST_DB", "sqlite") != "sqlite":
        pytest.skip("the page has a project of its own, on SQLite")
    environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, __file__, name, tmp_path], env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


# ---- the reference ----


def public(cls):
    return [name for name in vars(cls) if not name.startswith("_")]


def signature(function, name):
    """Return how a function is called, without types."""
    given = inspect.signature(function)
    parameters = [
        parameter.replace(annotation=inspect.Parameter.empty)
        for parameter in given.parameters.values()
        if parameter.name != "self"
    ]
    shown = given.replace(parameters=parameters, return_annotation=inspect.Signature.empty)
    return f"{name}{shown}".replace("'", '"')


def test_every_name_that_is_told_can_be_imported():
    for name in told("Public names"):
        if name.startswith("jsonattrs_django."):
            module, _, attribute = name.rpartition(".")
            assert hasattr(importlib.import_module(module), attribute), name


@pytest.mark.parametrize("module", ["models", "errors", "updates", "testing", "fields", "filters"])
def test_every_public_name_is_told(module):
    module = importlib.import_module(f"jsonattrs_django.{module}")
    internal = {"entries", "message_of", "scopes_of"}
    assert {f"{module.__name__}.{name}" for name in set(module.__all__) - internal} <= set(told("Public names"))


def test_every_setting_is_told_with_its_default():
    from jsonattrs_django.conf import DEFAULTS

    shown = {codes(row[0])[0]: ast.literal_eval(codes(row[1])[0]) for row in rows("Settings")}
    assert shown == DEFAULTS
    assert all(type(shown[name]) is type(DEFAULTS[name]) for name in DEFAULTS)


def test_every_system_check_is_told():
    package = ROOT / "jsonattrs_django"
    there = {
        found
        for path in package.rglob("*.py")
        for found in re.findall(r"\bjsonattrs\.[EWI]\d{3}", path.read_text(encoding="utf-8"))
    }
    assert sorted(told("System checks")) == sorted(there)


def test_the_checks_that_ask_a_database_are_told_apart():
    shown = {codes(row[0])[0] for row in rows("System checks") if "--database" in row[1]}
    assert shown == {"jsonattrs.E007", "jsonattrs.W009", "jsonattrs.W010", "jsonattrs.W011"}


@pytest.mark.parametrize("option", ["null", "primary_key", "unique", "db_index"])
def test_refused_options_are_told(option):
    row = next(row for row in rows("JSONAttributeField") if option in codes(row[0]))
    assert "refused" in row[1]
    assert f"`{option}`" in section("System checks")


COMMANDS = sorted(path.stem for path in (ROOT / "jsonattrs_django" / "management" / "commands").glob("[!_]*.py"))


def test_every_command_is_told():
    headings = re.findall(r"^### (attributes_\w+)$", prose(REFERENCE), re.MULTILINE)
    assert sorted(headings) == COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_told_and_no_other(name):
    from django.core.management import load_command_class
    from django.core.management.base import BaseCommand

    usual = {action.dest for action in BaseCommand().create_parser("manage.py", name)._actions}
    parser = load_command_class("jsonattrs_django", name).create_parser("manage.py", name)
    own = [action for action in parser._actions if action.dest not in usual]
    assert told(name) == [(action.option_strings or [action.metavar])[0] for action in own]


@pytest.mark.parametrize("page", [README, GUIDE, REFERENCE, ROOT / "docs" / "when-not-to-use-this.md"], ids=str)
def test_the_commands_of_the_pages_are_there(page):
    from django.core.management import get_commands

    text = page.read_text(encoding="utf-8")
    used = set(re.findall(r"manage\.py (\w+)", text)) | set(re.findall(r"`(attributes_\w+)", text))
    assert used <= {*get_commands(), "runserver"}


def test_every_member_of_the_mapping_is_told_and_no_other():
    from jsonattrs_django.attributes import Attributes

    shown = {name for name in names("Attributes") if name.isidentifier() and name not in ("attrs", "in", "len")}
    internal = {"field", "instance", "refresh"}  # for the adapter's other modules
    assert set(public(Attributes)) - shown <= internal
    assert {name for name in shown if not hasattr(Attributes, name)} == set()


def test_every_method_of_the_manager_is_told_and_no_other():
    from jsonattrs_django.models import AttributeManager, AttributeQuerySet

    assert sorted(names("AttributeManager")) == sorted(public(AttributeQuerySet))
    for name in ("update_attributes", "aupdate_attributes", "with_selectors", "typed_values"):
        assert signature(getattr(AttributeQuerySet, name), name) in told("AttributeManager")
        assert hasattr(AttributeManager, name)


#: Methods of the manager that are there for other modules.
INTERNAL = {"define_together", "scope_for_instance", "set_retired"}


def test_every_method_of_the_schemas_manager_is_told_and_no_other():
    from jsonattrs_django.models import SchemaRecord

    manager = type(SchemaRecord.objects)
    assert sorted(names("SchemaRecord.objects")) == sorted(set(public(manager)) - INTERNAL)
    for name in ("for_instance", "for_instances", "for_selectors", "scopes", "editable_by"):
        assert signature(getattr(manager, name), name) in told("SchemaRecord.objects")
    for name in ("define", "retire"):
        assert f"`{signature(getattr(manager, name), name)}`" in section(name)


def test_every_argument_of_define_is_told():
    from jsonattrs_django.models import SchemaRecord

    parameters = inspect.signature(SchemaRecord.objects.define).parameters
    assert sorted(told("define")) == sorted(parameters)


def test_every_member_of_the_records_is_told_and_no_other():
    from jsonattrs_django.models import AttributeRecord, GenerationRecord, SchemaRecord, SelectorRecord

    def columns(model):
        return {field.name for field in model._meta.concrete_fields} - {"id"}

    methods = {"retire", "restore"}
    given = {"selectors", "attributes", "schema", "attribute_field", "texts", *methods}
    of_schema, of_selector, of_attribute = (
        {re.split(r"[(]", code)[0] for row in table for code in codes(row[0])} for table in tables("The records")
    )
    assert of_schema == columns(SchemaRecord) | given
    own = {name for name, member in vars(SchemaRecord).items() if isinstance(member, property) or name in methods}
    assert own - {"pk"} <= of_schema
    assert (of_selector, of_attribute) == (columns(SelectorRecord), columns(AttributeRecord))
    assert all(f"`{name}`" in section("The records") for name in columns(GenerationRecord))


def test_the_signatures_that_are_told_are_those_of_the_code():
    from jsonattrs_django import testing
    from jsonattrs_django.updates import update_attributes

    assert f"`{signature(update_attributes, 'update_attributes')}`" in section("update_attributes")
    assert told("Testing") == [
        signature(testing.define, "define"),
        signature(testing.schema, "schema"),
        signature(testing.reset, "reset"),
    ]


def test_every_message_is_told_with_its_code():
    from jsonattrs_django.messages import MESSAGES
    from jsonattrs_django.plugin import NOT_FOUND

    assert sorted(row[2] for row in rows("Problem codes")) == sorted(MESSAGES.values())
    records, filters = [NOT_FOUND, "unknown", "type", "unique"], ["unknown", "unknown", "format"]
    assert told("Problem codes") == [*records, *filters, "read_only", *["syntax"] * 4, "provider_error"]


def test_every_member_of_the_error_is_told():
    from jsonattrs_core import Problem
    from jsonattrs_django.errors import AttributeValidationError

    error = AttributeValidationError("attrs", [Problem(("age",), "required", {})])
    assert {"problems", "instance", "index", "field"} <= set(vars(error)) & set(told("Exceptions"))
    (entry,) = error.error_dict["attrs"]
    assert (entry.code, entry.params["attribute"], entry.params["path"]) == ("required", "age", ["age"])
    assert entry.problem is error.problems[0]


def test_the_exceptions_are_those_of_the_code():
    from django.core.exceptions import FieldError, ValidationError

    from jsonattrs_core import SchemaError
    from jsonattrs_django.errors import AttributeValidationError, WriteRefused
    from jsonattrs_django.selectors import SelectorError

    bases = {AttributeValidationError: ValidationError, WriteRefused: FieldError, SelectorError: SchemaError}
    tree = next(block.text for block in blocks(REFERENCE.read_text(encoding="utf-8")) if not block.language)
    for error, base in bases.items():
        assert error.__bases__ == (base,)
        assert re.search(rf"\b{base.__name__}\n└── {error.__name__}\b", tree)


def test_the_constraints_of_references_are_told():
    from jsonattrs_django.registry import registry

    assert told("The type `reference`") == list(registry().base_types["reference"].constraints)


def test_the_reserved_keys_are_told():
    from jsonattrs_django.documents import BROKEN, RESERVED

    text = section("What is stored")
    assert f"begin with `{RESERVED}`" in text
    assert f"`{BROKEN}`" in text


# ---- forms ----

FORMS_REFERENCE = ROOT / "docs" / "reference" / "forms.md"


def told_of_forms(heading):
    lines = re.findall(r"^\| (`[^|]*)\|", section(heading, FORMS_REFERENCE), re.MULTILINE)
    return {re.split(r"[\[(]", code)[0] for line in lines for code in codes(line)}


def test_every_public_name_of_forms_is_told():
    from jsonattrs_django import forms

    assert told_of_forms("Public names in `jsonattrs_django.forms`") - {"crispy.Attributes"} == set(forms.__all__)


def test_every_public_member_of_forms_is_told():
    from jsonattrs_django.forms import AttributeFormMixin

    of_django = {"template_name", "template_name_div", "render", "get_context", "is_valid", "full_clean", "media"}
    internal = {"Media", "section_of", "settle", "add_problems"}  # for the adapter's other modules
    there = set(public(AttributeFormMixin)) - of_django - internal
    assert there <= told_of_forms("AttributeFormMixin")
    by_instance = {"user", "cleaned_data", "attribute_problems", "attribute_warnings", "warning_texts", "asked"}
    assert told_of_forms("AttributeFormMixin") - there == by_instance


def test_every_template_of_forms_is_told():
    templates = ROOT / "jsonattrs_django" / "templates"
    there = {
        str(path.relative_to(templates)) for path in (templates / "jsonattrs").rglob("*.html") if path.name[0] != "_"
    }
    assert told_of_forms("Templates") == there


if __name__ == "__main__":
    run, page = RUNS[sys.argv[1]]
    report = run(page.read_text(encoding="utf-8"), Path(sys.argv[2]))
    sys.stdout.write("".join(report))
    sys.exit(bool(report))
