"""`jsonattrs new-plugin`: what it writes, what it says, and what it refuses."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jsonattrs_core.cli import new_plugin
from jsonattrs_core.cli.app import app
from tests.core.throwaway import empty_site

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "plugins" / "_template"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty directory to work in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(app, ["new-plugin", *arguments])


def files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def texts(folder):
    return {name: (folder / name).read_text(encoding="utf-8") for name in files(folder)}


# ---- what it writes ----


@pytest.mark.parametrize(
    ("given", "name", "package"),
    [
        pytest.param("isbn", "isbn", "jsonattrs_isbn", id="word"),
        pytest.param("jsonattrs-isbn", "isbn", "jsonattrs_isbn", id="with-the-prefix"),
        pytest.param("acme-numbers", "acme-numbers", "jsonattrs_acme_numbers", id="hyphens"),
        pytest.param("3d", "3d", "jsonattrs_3d", id="digit-first"),
        pytest.param("in", "in", "jsonattrs_in", id="keyword-of-python"),
        pytest.param("my-template", "my-template", "jsonattrs_my_template", id="the-word-that-is-replaced"),
        pytest.param("a" * 40, "a" * 40, f"jsonattrs_{'a' * 40}", id="longest"),
    ],
)
def test_every_name_is_its_own(folder, given, name, package):
    result = run(given)
    assert result.exit_code == 0, result.stderr

    written = folder / f"jsonattrs-{name}"
    project = tomllib.loads((written / "pyproject.toml").read_text(encoding="utf-8"))
    table = (written / "src" / package / "__init__.py").read_text(encoding="utf-8")
    assert project["project"]["name"] == f"jsonattrs-{name}"
    assert project["project"]["entry-points"]["jsonattrs"] == {f"jsonattrs-{name}": package}
    assert project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == [f"src/{package}"]
    assert f'name="{name}-code"' in table
    assert f'load="{package}.checks:orchard_code"' in table
    assert package.isidentifier()


def test_it_writes_the_template_with_other_names_and_nothing_else(folder):
    run("isbn")
    written = texts(folder / "jsonattrs-isbn")

    assert set(written) == {path.replace("template", "isbn") for path, _ in new_plugin.template_files()}
    assert {"pyproject.toml", "README.md", "LICENSE", ".gitignore", "tests/test_conformance.py"} <= set(written)
    assert not [name for name, text in written.items() if "template" in (name + text).lower()]
    for path, text in new_plugin.template_files():
        assert written[path.replace("template", "isbn")] == text.replace("template", "isbn")


def test_lines_stay_within_the_limit_for_the_longest_name(folder):
    run("a" * 40)
    code = {name: text for name, text in texts(folder).items() if name.endswith(".py")}

    assert len(code) == 4
    assert max(len(line) for text in code.values() for line in text.splitlines()) <= 120


def test_what_is_left_behind_in_the_template_is_not_copied(folder, monkeypatch):
    copy = folder / "copy"
    for name in ("pyproject.toml", "src/a.py", "src/py.typed", ".gitignore"):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).touch()
    for name in ("src/__pycache__/a.pyc", ".pytest_cache/v/x", "dist/a.whl", "build/a.py", "src/a.egg-info/PKG-INFO"):
        (copy / name).parent.mkdir(parents=True)
        (copy / name).write_bytes(b"\xff")
    monkeypatch.setattr(new_plugin, "_template", lambda: copy)
    result = run("isbn")

    assert result.exit_code == 0, result.stderr
    assert files(folder / "jsonattrs-isbn") == {"pyproject.toml", "src/a.py", "src/py.typed", ".gitignore"}


def test_its_tests_pass_once_it_is_installed(folder):
    """Installed as pip does it: the package on the path, and a ``.dist-info`` beside it."""
    run("acme-numbers")
    source = folder / "jsonattrs-acme-numbers" / "src"
    information = source / "jsonattrs_acme_numbers-0.1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: jsonattrs-acme-numbers\nVersion: 0.1.0\n")
    (information / "entry_points.txt").write_text("[jsonattrs]\njsonattrs-acme-numbers = jsonattrs_acme_numbers\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", source.parent],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": f"{source}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


# ---- where ----


def test_an_empty_folder_is_filled(folder):
    (folder / "jsonattrs-isbn").mkdir()

    assert run("isbn").exit_code == 0


def test_it_may_be_elsewhere(folder):
    result = run("isbn", "--directory", "some/plugins of mine")

    assert result.exit_code == 0
    assert "pyproject.toml" in files(folder / "some" / "plugins of mine" / "jsonattrs-isbn")
    assert "  cd 'some/plugins of mine/jsonattrs-isbn'\n" in result.stdout


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_is_there_is_left_alone(folder, what):
    path = folder / "jsonattrs-isbn"
    if what == "folder":
        path.mkdir()
        path = path / "notes.txt"
    path.write_text("mine")
    result = run("isbn")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "jsonattrs: jsonattrs-isbn is there already; nothing was written\n"
    assert texts(folder) == {path.relative_to(folder).as_posix(): "mine"}


def test_a_folder_that_cannot_be_made_is_named(folder):
    (folder / "file").touch()
    result = run("isbn", "--directory", "file")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "file" in result.stderr


# ---- what it refuses ----


@pytest.mark.parametrize(
    "name",
    [
        "Isbn",
        "isbn_13",
        "isbn.13",
        "isbn 13",
        "isbn--13",
        "-isbn-",
        "isbn-",
        "jsonattrs-",
        "zürich",
        "\u0663d",
        "../isbn",
        "a/b",
        "isbn\n",
        "",
        "a" * 41,
    ],
)
def test_what_is_no_name_is_refused(folder, name):
    result = run("--", name)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "cannot name a plugin: use lower-case letters, digits and hyphens" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not files(folder)


@pytest.mark.parametrize("name", ["jsonattrs", "jsonattrs-jsonattrs", "jsonattrs-jsonattrs-foo"])
def test_the_name_of_the_core_is_refused(folder, name):
    result = run(name)

    assert result.exit_code == 2
    assert "it is the name of what is built in" in result.stderr


@pytest.mark.parametrize("name", ["core", "django"])
def test_the_packages_of_the_root_distribution_are_refused(folder, name):
    result = run(name)

    assert result.exit_code == 2
    assert result.stderr == f"jsonattrs: there is a package 'jsonattrs_{name}' already; choose another name\n"


@pytest.fixture
def site(tmp_path, monkeypatch):
    yield from empty_site(tmp_path / "site", monkeypatch)


@pytest.mark.parametrize("code", ["", "raise ValueError('broken')"], ids=["working", "broken"])
def test_an_installed_provider_is_refused(folder, site, code):
    site.install("jsonattrs-isbn", code)
    result = run("isbn")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "jsonattrs: there is a plugin 'isbn' already: jsonattrs-isbn 1.2.3 is installed; choose another name\n"
    )
    assert run("isbn-2").exit_code == 0


def test_an_installation_without_the_template_says_so(folder, monkeypatch):
    monkeypatch.setattr(new_plugin.jsonattrs_core, "__file__", str(folder / "jsonattrs_core" / "__init__.py"))
    result = run("isbn")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "lacks the template of plugins" in result.stderr


@pytest.mark.parametrize("place", ["jsonattrs_core/plugin_template", "plugins/_template"], ids=["wheel", "checkout"])
def test_the_template_is_found_in_a_wheel_and_in_a_checkout(folder, monkeypatch, place):
    (folder / place).mkdir(parents=True)
    (folder / place / "pyproject.toml").touch()
    monkeypatch.setattr(new_plugin.jsonattrs_core, "__file__", str(folder / "jsonattrs_core" / "__init__.py"))

    assert [path for path, _ in new_plugin.template_files()] == ["pyproject.toml"]


# ---- what it says ----


def test_it_tells_the_next_commands(folder):
    result = run("acme-numbers")

    assert (result.exit_code, result.stderr) == (0, "")
    assert [line.strip() for line in result.stdout.splitlines() if line.startswith("  ")] == [
        "cd jsonattrs-acme-numbers",
        "python -m pip install -e . pytest",
        "python -m pytest",
        "jsonattrs subtypes",
    ]


# ---- the template itself ----


def test_the_template_uses_its_name_for_nothing_else():
    """Every mention is a name, so that replacing all of them is right."""
    for path, text in new_plugin.template_files():
        plain = text.replace("jsonattrs-template", "").replace("jsonattrs_template", "").replace("template-code", "")
        plain = plain.replace("@template", "").replace('provider="template"', "")
        assert "template" not in plain.lower(), path


def test_the_template_is_the_folder_of_the_repository():
    assert {path for path, _ in new_plugin.template_files()} <= files(TEMPLATE)
