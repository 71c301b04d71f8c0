"""What the README shows is what happens."""

import doctest
import re
from collections import Counter
from pathlib import Path

from jsonattrs_core import Registry, Schema, compose
from jsonattrs_stdnum import jsonattrs_subtypes

README = Path(__file__).parents[1] / "README.md"
TEXT = README.read_text(encoding="utf-8")
RECORDS = jsonattrs_subtypes()


def test_its_examples_run():
    assert doctest.testfile(str(README), module_relative=False, encoding="utf-8") == (0, 5)


def test_its_figures_are_right():
    kinds = Counter(record.kind for record in RECORDS)
    rows = re.findall(r"^\| `([a-z-]+)` \| ([0-9]+) \|", TEXT, re.MULTILINE)
    assert len(rows) == 6
    assert {kind: int(number) for kind, number in rows} == {kind: kinds[kind] for kind, _ in rows}
    table = re.findall(r"^\| [^|]+ \| ([0-9]+) \|", TEXT, re.MULTILINE)
    assert sum(map(int, table)) == len(RECORDS) == 235
    assert f"{sum(len(record.aliases) for record in RECORDS)} **aliases**" in TEXT
    assert f"{sum(bool(record.format) for record in RECORDS)} numbers have a display form" in TEXT
    assert f"{sum('mask' in record.input for record in RECORDS)} have a mask" in TEXT


def test_the_subtypes_that_it_names_are_there():
    names = {name for record in RECORDS for name in (record.name, *record.aliases)}
    table = TEXT.partition("| kind |")[2].partition("A name is")[0]
    cells = [line.split("|")[3] for line in table.splitlines() if line.startswith("|")]
    assert set(re.findall("`([^`]+)`", " ".join(cells))) <= names


def test_its_schema_compiles(tmp_path):
    [document] = re.findall("```yaml\n(.*?)```", TEXT, re.DOTALL)
    path = tmp_path / "schema.yaml"
    path.write_text(document, encoding="utf-8")
    assert len(compose(Schema.read(path)).compile(Registry.installed()).check({}).problems) == 1
