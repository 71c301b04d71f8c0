"""Of the library only ``validate``, ``compact`` and ``format`` are called: nothing that goes online can be."""

import ast
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

import jsonattrs_stdnum
from jsonattrs_core.testing import no_sockets
from jsonattrs_stdnum import checks, display, jsonattrs_subtypes, upstream

SOURCES = sorted(Path(jsonattrs_stdnum.__file__).parent.glob("*.py"))
#: Functions of the library that ask a service on the internet.
ONLINE = (
    *("check_dgii", "check_kps", "check_nalog", "check_offeneregister", "check_uid", "check_vies", "check_vies_approx"),
    *("search_dgii", "get_soap_client"),
)


class Spy:
    """A module of the library that takes down what is asked of it."""

    def __init__(self, module, asked):
        self._module, self._asked = module, asked

    def __getattr__(self, name):
        self._asked.add(name)
        return getattr(self._module, name)


@pytest.fixture
def asked(monkeypatch):
    """Return the names that are asked of modules of the library from now on."""
    names = set()
    monkeypatch.setattr(upstream, "import_module", lambda name: Spy(import_module(name), names))
    return names


def test_only_what_is_allowed_is_asked_for(asked):
    with no_sockets() as attempts:
        for record in jsonattrs_subtypes():
            name = record.name.replace("-", "_")
            check = checks.__getattr__.__wrapped__(name)  # past the cache
            clean = [check(example) for example in record.examples]
            if record.format:
                shown = display.__getattr__.__wrapped__(name)
                assert all(shown(value) for value in clean)
    assert asked == {"validate", "compact", "format"}
    assert attempts == []


def test_the_source_has_one_door_to_the_library():
    """``import_module`` stands in upstream.py alone, and each time something is taken from it that is allowed."""
    taken = []
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and called(node) == "import_module"]
        taken += [
            (path.name, node.attr) for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.value in calls
        ]
        assert len(calls) == sum(place == path.name for place, _ in taken)
    assert taken == [("upstream.py", name) for name in ("validate", "compact", "format")]


def called(node):
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def test_the_source_imports_no_more_than_the_librarys_errors():
    trees = [ast.walk(ast.parse(path.read_text(encoding="utf-8"))) for path in SOURCES]
    nodes = [node for tree in trees for node in tree if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {getattr(node, "module", None) or node.names[0].name for node in nodes}
    assert {name for name in names if name.startswith("stdnum")} == {"stdnum.exceptions"}


@pytest.mark.parametrize("name", ONLINE)
def test_what_goes_online_is_named_in_no_code(name):
    for path in SOURCES:
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        code = [getattr(node, "attr", getattr(node, "id", None)) for node in nodes]
        assert name not in code


def test_the_spy_sees():
    names = set()
    assert Spy(SimpleNamespace(check_vies=1), names).check_vies == 1
    assert names == {"check_vies"}
