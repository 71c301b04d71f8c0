"""The tree that an expression tells of itself, for programs that translate it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest


def value(written):
    return ("value", written)


def name(attribute):
    return ("name", attribute)


@pytest.mark.parametrize(
    ("expression", "tree"),
    [
        ("open", name("open")),
        ("attr.open", name("open")),
        ("attr.today == date('2024-02-29')", ("==", name("today"), value(datetime(2024, 2, 29, tzinfo=UTC)))),
        ("given.a", ("given", "a")),
        ("!open && a > 3", ("&&", ("!", name("open")), (">", name("a"), value(3)))),
        ("open || true", ("||", name("open"), value(True))),
        ("open ? a < 1 : b >= -1", ("?:", name("open"), ("<", name("a"), value(1)), (">=", name("b"), value(-1)))),
        ("name in ['x', 'y']", ("in", name("name"), ("list", value("x"), value("y")))),
        ("name.startsWith('x') && size(name) != 2", (
            "&&", ("startsWith", name("name"), value("x")), ("!=", ("size", name("name")), value(2)),
        )),
        ("-a + b - 1 < 2", ("<", ("-", ("+", ("-", name("a")), name("b")), value(1)), value(2))),
        ("price < 1.5", ("<", name("price"), value(1.5))),
        ("born <= today && seen < now", ("&&", ("<=", name("born"), ("today",)), ("<", name("seen"), ("now",)))),
        ("seen > timestamp('2024-01-01T02:00:00+02:00')", (">", name("seen"), value(datetime(2024, 1, 1, tzinfo=UTC)))),
        ("takes <= duration('1h30m')", ("<=", name("takes"), value(timedelta(minutes=90)))),
        ("born.getFullYear() == 2000", ("==", ("getFullYear", name("born")), value(2000))),
        ("has(plot.x) && plot.y == 1", (
            "&&", ("has", name("plot"), "x"), ("==", ("member", name("plot"), "y"), value(1)),
        )),
        ("tags[0] == 'x'", ("==", ("[]", name("tags"), value(0)), value("x"))),
        ("tags.all(t, t == name)", ("loop", name("tags"))),
        ("{'x': 1}[name] == 1", ("==", ("[]", ("map", (value("x"), value(1))), name("name")), value(1))),
    ],
)  # fmt: skip
def test_the_tree_of_an_expression(compiled, expression, tree):
    assert compiled(expression).tree() == tree


def test_expressions_that_share_a_program_tell_the_same_tree(compiled):
    assert compiled("a > 3").tree() == compiled("a > 3").tree()


def test_whoever_evaluates_pays_nothing_for_trees(compiled, monkeypatch):
    from jsonattrs_cel import language

    monkeypatch.setattr(language, "syntax_tree", None)
    assert compiled("a > 3 && b > 3").evaluate({"a": 4, "b": 4}) is True
