"""Compare src/jsonattrs_stdnum/table.py with the installed python-stdnum, and write what has changed.

    python tools/make_table.py            # says what changed and writes the table
    python tools/make_table.py --check    # says what changed; exit status 1 if anything has

Run it in plugins/stdnum, with the plugin installed, after an update of python-stdnum. It makes what follows from the
library: which modules there are, their problem codes, whether they have a ``format``, and examples where those of the
table do not hold any more, from the module's own docstring. What is ours (names, kinds, words, hints for typing, masks,
aliases) is carried over. The words of a new module are left empty: write them, and the tests pass again.
"""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stdnum.exceptions import ValidationError
from stdnum.util import get_number_modules

from jsonattrs_stdnum import table

if TYPE_CHECKING:
    from collections.abc import Iterable

TABLE = Path(__file__).parents[1] / "src" / "jsonattrs_stdnum" / "table.py"

#: They tell whether a check digit fits, and of no number what it is.
ALGORITHMS = ("luhn", "damm", "verhoeff", "iso7064.")
CODES = {"InvalidLength": "length", "InvalidChecksum": "checksum", "InvalidComponent": "component"}
#: Codes of corrections.py that the library's module does not raise.
MORE_CODES = {"lei": ["length"]}
#: Last parts of names that are said otherwise here.
ENDINGS = {"bankaccount": "bank-account-number", "tin": "tin-number", "vat": "vat-number"}


def modules() -> dict[str, Any]:
    """Return the library's modules that check an identifier, by their names below ``stdnum``."""
    found = {module.__name__.removeprefix("stdnum."): module for module in get_number_modules()}
    return {name: module for name, module in sorted(found.items()) if not name.startswith(ALGORITHMS)}


def rows() -> list[table.Row]:
    """Return the rows of the table, as the installed library says."""
    known = {row[0]: row for row in table.ROWS}
    return [_row(name, module, known.get(name)) for name, module in modules().items()]


def _row(name: str, module: Any, old: table.Row | None) -> table.Row:
    new = (name, _suggested(name), "", "", "", "", "", (), (), (), False, ())
    module_name, subtype, kind, label, typing, mask, summary, valid, invalid, _, _, aliases = old or new
    verdicts = _documented(module)
    valid = _still(module, valid, good=True) or tuple(text for text, good in verdicts if good)[:1]
    invalid = _still(module, invalid, good=False) or tuple(text for text, good in verdicts if not good)[:2]
    invalid = invalid or _mistyped(module, valid)
    codes = tuple(sorted({*_codes(module.__name__), *MORE_CODES.get(subtype, ())}))
    return (
        *(module_name, subtype, kind, label, typing, mask, summary),
        *(valid, invalid, codes, hasattr(module, "format"), aliases),
    )


def _suggested(module: str) -> str:
    """Return a name for a new module: the country's code and the name of the module."""
    *package, last = module.split(".")
    last = last.strip("_")
    return "-".join((*(part.strip("_") for part in package), ENDINGS.get(last, last.replace("_", "-"))))


def _still(module: Any, examples: tuple[str, ...], *, good: bool) -> tuple[str, ...]:
    return tuple(text for text in examples if _accepts(module, text) is good)


def _accepts(module: Any, text: str) -> bool:
    try:
        module.validate(text)
    except ValidationError:
        return False
    return True


def _documented(module: Any) -> list[tuple[str, bool]]:
    """Return the numbers that the module's docstring calls ``validate`` with, and whether it takes them."""
    examples = doctest.DocTestParser().get_examples(module.__doc__ or "")
    calls = [ast.parse(example.source, mode="eval").body for example in examples if "validate(" in example.source]
    texts = [
        call.args[0].value
        for call in calls
        if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant)
    ]
    return [(text, _accepts(module, text)) for text in texts if isinstance(text, str)]


def _mistyped(module: Any, examples: tuple[str, ...]) -> tuple[str, ...]:
    """Return an example with another digit at its end or, if that passes too, without its end."""
    for text in examples:
        for wrong in (*(text[:-1] + digit for digit in "0123456789"), text[:-1]):
            if not _accepts(module, wrong):
                return (wrong,)
    return ()


@cache
def _codes(name: str) -> frozenset[str]:
    """Return the problem codes besides ``format`` that ``validate`` of a module can raise, by whatever it may call."""
    source = inspect.getsource(importlib.import_module(name))
    if "get_cc_module" in source or "__import__" in source:  # asks modules that only the value names
        return frozenset(CODES.values())
    tree = ast.parse(source)
    own, imported = _own(tree), _imported(tree)
    seen: set[str] = set()
    found: set[str] = set()
    todo = {"validate"}
    while todo:
        used = todo.pop()
        seen.add(used)
        found |= {CODES[used]} if used in CODES else set()
        found |= _codes(imported[used]) if used in imported else set()
        todo |= own.get(used, set()) - seen
    return frozenset(found)


def _own(tree: ast.Module) -> dict[str, set[str]]:
    """Return the names that a module defines, each with the names in its definition."""
    functions = [(node.name, node) for node in tree.body if isinstance(node, ast.FunctionDef)]
    assigned = [
        (target.id, node)
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    return {
        name: {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        for name, node in (*functions, *assigned)
    }


def _imported(tree: ast.Module) -> dict[str, str]:
    """Return the number modules that a module imports, or imports something from, by the imported name."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("stdnum"):
            for alias in node.names:
                for module in (f"{node.module}.{alias.name}", str(node.module)):
                    if _is_number(module):
                        found.setdefault(alias.asname or alias.name, module)
    return found


def _is_number(name: str) -> bool:
    try:
        return hasattr(importlib.import_module(name), "validate")
    except ImportError:  # a function of a module
        return False


def changes(new: list[table.Row]) -> list[str]:
    """Return what differs between the table and ``new``, one sentence a row."""
    before, after = {row[0]: row for row in table.ROWS}, {row[0]: row for row in new}
    gone = [f"{name} is gone: say so in the changelog" for name in before if name not in after]
    added = [f"{name} is new: write its words, hints and aliases" for name in after if name not in before]
    changed = [
        f"{name} has changed: {before[name][place]!r} is now {after[name][place]!r}"
        for name in after
        if name in before
        for place in range(len(after[name]))
        if before[name][place] != after[name][place]
    ]
    return [*gone, *added, *changed]


def written(row: table.Row) -> str:
    """Return a row as it stands in the table."""
    words, summary, lists = row[:6], row[6], row[7:]
    lines = [*_packed(map(_quoted, words)), f"{_quoted(summary)},", *_packed(map(_quoted, lists))]
    return "    (\n" + "".join(f"        {line}\n" for line in lines) + "    ),\n"


def _packed(parts: Iterable[str], width: int = 112) -> list[str]:
    """Return lines of as many parts as there is room for, with commas."""
    lines = [""]
    for part in parts:
        if lines[-1] and len(lines[-1]) + len(part) + 2 > width:
            lines.append("")
        lines[-1] += f"{' ' if lines[-1] else ''}{part},"
    return lines


def _quoted(value: Any) -> str:
    """Return a literal, with the quotation marks that the project uses."""
    if isinstance(value, tuple):
        return "(" + ", ".join(map(_quoted, value)) + ("," if len(value) == 1 else "") + ")"
    return repr(value) if not isinstance(value, str) or '"' in value else f'"{repr(value)[1:-1]}"'


def main() -> None:
    """Say what has changed and, unless asked only to check, write the table."""
    new = rows()
    found = changes(new)
    print("\n".join(found) or "nothing has changed")
    if "--check" in sys.argv[1:]:
        sys.exit(bool(found))
    source = TABLE.read_text(encoding="utf-8")
    head, start, rest = source.partition("ROWS: Final[tuple[Row, ...]] = (\n")
    _, end, tail = rest.partition("\n)\n")
    TABLE.write_text(head + start + "".join(map(written, new)).rstrip("\n") + end + tail, encoding="utf-8")
    print(f"{len(new)} subtypes in {TABLE}")


if __name__ == "__main__":
    main()
