"""Evaluates the worst expressions known over the largest values, and prints what each costs, as JSON lines.

A script of its own, so that nothing else adds to the memory that it measures.
"""

from __future__ import annotations

import json
import resource
import sys
from datetime import UTC, date, datetime, timedelta
from time import process_time

from jsonattrs_cel.language import LANGUAGE
from jsonattrs_core import Invalid, Registry, SchemaError
from jsonattrs_core.records import ValueType

#: What is done in each round: operations whose cost grows with the values, and those that are dear by themselves.
OPERATIONS = (
    "s==r",
    "s<r",
    "s.contains(r)",
    "s.contains('aaaaaaaaaaaaaaaaaaab')",
    "size(s)<0",
    "s.endsWith(r)",
    "s.matches('(a|b)*c')",
    "s.matches('(a?){30}a{30}c')",
    "s.matches('(a?){500}a{500}')",
    "s.matches('.*a.{200}b')",
    r"s.matches('\\pL{5}z')",
    "int(s)<0",
    "double(s)<0",
    "timestamp(s)<w",
    "string(s)==r",
    "string(f)==s",
    "-1 in l",
    "r in ls",
    "l!=l",
    "ls!=ls",
    "o!=o",
    "'x' in o.b",
    "o.t.contains(r)",
    "[a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a]==[]",
    "[l,l,l]!=[l,l,l]",
    "o in [o,o]",
    "{'a':a,'b':a,'c':a,'d':a}=={}",
    "{'a':[a,a,a,a,a],'b':[a,a,a,a,a]}=={}",
    "a+a<0",
    "f*f<0",
    "f/f<0",
    "(f/(f/(f/(f/f))))<0",
    "w+u<w",
    "t.getFullYear()<0",
    "timestamp('2000-01-01T00:00:00Z')>w",
    "t in lt",
    "l[999]<0",
    "has(o.b.x)",
    "l.exists(z,z<0)",
    "ls.exists(z,z.contains(r))",
    "ls.exists_one(z,z in ls)",
    "o.c.exists(z,z==[1])",
)
#: Around them: no loop, one, and nested ones that go round as often as the library allows.
LOOPS = (
    "%s",
    "l.exists(x,%s)",
    "ls.exists(x,%s)",
    "[1,2,3,4,5,6,7,8,9].exists(q,l.exists(x,%s))",
    "o.c.exists(q,q.exists(x,%s))",
)
#: Expressions that were costly in some other way.
OTHERS = (
    "[l,l,l,l,l,l,l,l].exists(x,[x,x,x,x,x,x,x,x].exists(y,[y,y,y,y,y,y,y,y].exists(z,[z,z,z,z]==[z,z,z,z])))",
    "l.all(x,l.all(y,l.all(z,x+y+z>=0)))",
    "ls.all(x,ls.exists(y,ls.exists(z,x!=y&&y!=z)))",
    "[s.contains(r),s.contains(r)].exists(x,[s.contains(r),x].exists(y,[s.contains(r),y].exists(z,z)))",
    "&&".join(["a<9"] * 390),
    "+".join(["f*f"] * 15) + ">1",
    "!" * 1_990 + "k",
    "- " * 990 + "a<0",
    "[" * 28 + "]" * 28 + "==[]",
    "||".join(rf"s.matches('\\pL{{5}}{number:03}z')" for number in range(60)),
    "||".join(f"s.matches('[^a]{{300}}{number:03}z')" for number in range(60)),
)


def nested(levels: int, opening: str, inside: str) -> str:
    return opening * levels + inside + ")" * levels


#: Expressions that the library would spend any time and memory on; most are refused, and that at once.
BOMBS = (
    nested(28, "[{x:x}].all(x,", "true"),  # types of exponential size
    nested(28, "[{1:x}].all(x,", "true"),
    nested(28, "[[x,x]].all(x,", "x==x"),
    nested(20, "[s+s].all(s,", "true"),  # texts of exponential size
    nested(20, "[o.t+o.t].all(o,", "true"),
    nested(12, "[o.t,o.t].map(x,", "x"),
    nested(12, "l.map(x,", "x"),
    nested(28, "l.all(x,", "true"),
    "(" * 1_990,
    "[" * 1_990,
    "{1:" * 660,
    "!" * 2_000,
    "a?" * 990,
    "a." * 990,
    "a," * 990,
    "'" * 1_990,
    "`" * 1_990,
    "\N{GRINNING FACE}" * 1_990,
    "\N{LATIN SMALL LETTER E WITH ACUTE}" * 1_990,
    "s.matches('" + "(" * 480 + "')",
    r"s.matches('(((a{10}){10}){10}){10}')",
    r"s.matches('(?i)[\\pL\\pN]{1,400}')",
    "||".join(rf"s.matches('\\pL{{20}}{number:03}')" for number in range(70)),
    "||".join(f"no_{number}" for number in range(240)),
)

TYPES = {
    "a": "integer",
    "f": "float",
    "k": "boolean",
    "s": "text",
    "r": "text",
    "t": "date",
    "w": "datetime",
    "u": "duration",
    "o": "object",
    "l": "integer*",
    "ls": "text*",
    "lt": "date*",
}
VALUES = {
    "a": 1,
    "f": 2.5,
    "k": True,
    "s": "a" * 9_999 + "b",
    "r": "a" * 5_000 + "b",
    "t": date(2000, 1, 1),
    "w": datetime(2000, 1, 1, tzinfo=UTC),
    "u": timedelta(1),
    "o": {
        "a": list(range(1_000)),
        "b": {str(number): number for number in range(1_000)},
        "c": [list(range(100)) for _ in range(50)],
        "t": "a" * 10_000,
    },
    "l": list(range(1_000)),
    "ls": ["a" * 989 + f"{number:010}" for number in range(1_000)],
    "lt": [date(2000, 1, 1)] * 1_000,
}
WIDE = VALUES | {
    "s": "\N{CYRILLIC SMALL LETTER A}" * 9_999 + "b",
    "r": "\N{CYRILLIC SMALL LETTER A}" * 5_000 + "b",
    "ls": ["\N{CYRILLIC SMALL LETTER A}" * 489 + f"{number:010}" for number in range(1_000)],
}


def expressions():
    """Yield each operation in each loop, once and as often as there is room."""
    for loop in LOOPS:
        for operation in OPERATIONS:
            room = (2_000 - len(loop)) // (len(operation) + 2)
            for times in {room, room // 6, room // 36, 1} - {0}:
                yield loop % "||".join([operation] * times)
    yield from OTHERS
    yield from BOMBS


def megabytes() -> float:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1024**2


def measured(expression, types, values):
    """Return what an expression costs: seconds to compile, to evaluate, megabytes so far, and its outcome."""
    start = process_time()
    try:
        compiled = LANGUAGE.compile(expression, types, bool)
    except SchemaError as error:
        return process_time() - start, 0.0, megabytes(), str(error.faults[0])
    middle = process_time()
    try:
        outcome = str(compiled.evaluate(values))
    except Invalid:
        outcome = "rule"
    return middle - start, process_time() - middle, megabytes(), outcome


def main() -> None:
    bases = Registry.from_plugins({}).base_types
    types = {name: ValueType(bases[base.rstrip("*")], base.endswith("*")) for name, base in TYPES.items()}
    measured("s.matches('a') && a > f && t < now", types, VALUES)  # what is loaded once is no cost of an expression
    before = megabytes()
    for expression in expressions():
        for values in (VALUES, WIDE) if "s" in expression else (VALUES,):
            reading, running, memory, outcome = measured(expression, types, values)
            sys.stdout.write(json.dumps([expression, reading, running, memory - before, outcome]) + "\n")


if __name__ == "__main__":
    main()
