"""`jsonattrs validate`: what it prints, writes and exits with."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jsonattrs_core.cli.app import app

ROOT = Path(__file__).resolve().parents[2]

DEFAULT = """\
format: 1
name: default
attributes:
  - {key: code, name: code, type: text, required: true, constraints: {max_length: 5}}
  - {key: n, name: amount, type: decimal, constraints: {min: 0}}
  - {key: day, name: day, type: date}
  - {key: tags, name: tags, type: text, multiple: true}
"""
OVERRIDE = """\
format: 1
name: override
attributes:
  - {key: code, constraints: {max_length: 3}}
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A directory to work in, with two schemas."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    Path("default.yaml").write_text(DEFAULT)
    Path("override.yaml").write_text(OVERRIDE)
    return tmp_path


def run(*arguments, stdin=None):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


def validate(*arguments, stdin=None):
    return run("validate", *arguments, stdin=stdin)


def data(content: str | bytes, name: str = "data.csv") -> str:
    Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return name


def lines(path):
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def rows(output):
    """Return the rows of the table as lists of cells."""
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in output.splitlines() if line.strip()]


def test_records_without_problems(folder):
    result = validate("default.yaml", data("code,amount\nA,1.50\nB,\n"))
    assert result.exit_code == 0
    assert result.stdout.startswith("2 records, 2 valid, 0 with problems, 0 problems, 0 warnings (")
    assert result.stderr == ""


def test_one_of_each_is_said_in_the_singular(folder):
    result = validate("default.yaml", data("code\nTOOLONG\n"))
    assert "1 record, 0 valid, 1 with problems, 1 problem, 0 warnings (" in result.stdout


def test_problems_are_counted_by_attribute_and_code(folder):
    content = "code,amount,day\n" + "ABCD,-1,2024-02-30\n" * 6 + ",x,2024-02-29\nA,1,\n"
    result = validate("default.yaml", "override.yaml", data(content))
    assert result.exit_code == 1
    heading, _, *table, summary = rows(result.stdout)
    assert heading == ["Attribute", "Code", "Message", "Count", "First lines"]
    assert table == [
        ["amount", "min", "The value must be 0 or more.", "6", "2, 3, 4, 5, 6, …"],
        ["code", "max_length", "Use at most 3 characters.", "6", "2, 3, 4, 5, 6, …"],
        [
            "day",
            "format",
            "Enter a date that exists, in the form YYYY-MM-DD, such as 2024-12-31.",
            "6",
            "2, 3, 4, 5, 6, …",
        ],
        [
            "amount",
            "format",
            "Enter a decimal number in digits, without thousands separators, such as 12.50.",
            "1",
            "8",
        ],
        ["code", "required", "A value is required.", "1", "8"],
    ]
    assert summary[0].startswith("8 records, 1 valid, 7 with problems, 20 problems, 0 warnings")


def test_a_json_file_is_counted_by_records(folder):
    result = validate("default.yaml", data('[{"code": "A"}, {}, 5]', "data.json"), "--problems", "out.jsonl")
    assert result.exit_code == 1
    heading, _, document, code, _ = rows(result.stdout)
    assert heading[-1] == "First records"
    assert document == ["(document)", "type", "The attributes must be one object with named members.", "1", "3"]
    assert code == ["code", "required", "A value is required.", "1", "2"]
    assert [line["record"] for line in lines("out.jsonl")] == [2, 3]


def test_the_problems_file(folder):
    content = '{"code": "A", "tags": ["x", ""]}\n{"code": \n{"code": "ABCDEF", "what": 1}\n'
    result = validate("default.yaml", data(content, "data.jsonl"), "--problems", "out.jsonl")
    assert result.exit_code == 1
    found = lines("out.jsonl")
    assert found[0] == {
        "line": 1,
        "path": ["tags", 1],
        "code": "required",
        "message": "A value is required.",
        "params": {},
        "severity": "error",
    }
    assert found[1] == {
        "line": 2,
        "path": [],
        "code": "syntax",
        "message": "This is not valid JSON.",
        "params": {"unit": "json"},
        "severity": "error",
    }
    assert [(line["line"], line["path"], line["code"], line["params"]) for line in found[2:]] == [
        (3, ["code"], "max_length", {"limit": 5}),
        (3, ["what"], "unknown", {}),
    ]


def test_the_clean_file_holds_what_was_accepted_and_passes_again(folder):
    content = "code,amount,day,tags\n A ,01.50,2024-02-29,x; y\nTOOLONG,1,,\nÄ,,,\n"
    assert validate("default.yaml", data(content), "--clean", "clean.jsonl").exit_code == 1
    assert lines("clean.jsonl") == [
        {"code": "A", "amount": "1.50", "day": "2024-02-29", "tags": ["x", "y"]},
        {"code": "Ä", "amount": None, "day": None, "tags": None},
    ]
    assert validate("default.yaml", "clean.jsonl", "--clean", "again.jsonl").exit_code == 0
    assert Path("again.jsonl").read_bytes() == Path("clean.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("language", "amount", "code"), [("en", "1234.5", 0), ("de", "1234,5", 0), ("en", "1.234,5", 1)]
)
def test_numbers_in_cells_are_read_in_the_language(folder, language, amount, code):
    path = data(f"code;amount\nA;{amount}\n")
    assert validate("default.yaml", path, "--language", language).exit_code == code


def test_messages_are_in_the_language(folder):
    result = validate("default.yaml", data("code\nTOOLONG\n"), "--language", "de", "--problems", "out.jsonl")
    [problem] = lines("out.jsonl")
    assert problem["message"] != "Use at most 5 characters."
    assert problem["message"] in result.stdout


def test_warnings_are_told_and_refuse_nothing(folder):
    # A rule needs a language, which is a plugin's business; the tally and the table are shown without one.
    from jsonattrs_core import Problem
    from jsonattrs_core.cli.report import problem_table, summary
    from jsonattrs_core.cli.tally import Tally

    tally = Tally({"day"})
    tally.records = 1
    tally.warning(7, Problem(("day",), "rule", {"message": {"en": "A Sunday", "de": "Ein Sonntag"}}))
    table = problem_table(tally, "de", "line")
    assert [next(iter(column.cells)).plain for column in table.columns] == [
        "day",
        "rule (warning)",
        "Ein Sonntag",
        "1",
        "7",
    ]
    assert summary(tally, 0.04).plain == "1 record, 1 valid, 0 with problems, 0 problems, 1 warning (0.0 s)"


def test_nothing_is_cut_where_no_terminal_sets_the_width(folder):
    choices = [f"choice-{number}-{'x' * 9}" for number in range(10)]
    name = "n" * 63
    attribute = {"key": name, "name": name, "type": "text", "choices": choices}
    Path("long.json").write_text(json.dumps({"format": 1, "name": "long", "attributes": [attribute]}))
    result = validate("long.json", data(f"{name}\nz\n"))
    assert "…" not in result.stdout
    assert all(word in result.stdout for word in [name, *choices])


def test_a_column_that_is_no_attribute_is_one_problem(folder):
    result = validate("default.yaml", data("code,zip\n" + "A,1\n" * 50), "--problems", "out.jsonl")
    assert result.exit_code == 1
    assert [(line["line"], line["path"], line["code"]) for line in lines("out.jsonl")] == [(1, ["zip"], "unknown")]
    assert "50 records, 50 valid, 0 with problems, 1 problem," in result.stdout


def test_unknown_names_without_end_are_counted_together(folder):
    content = "".join(f'{{"code": "A", "n{number}": 1}}\n' for number in range(1000))
    result = validate("default.yaml", data(content, "data.jsonl"))
    table = rows(result.stdout)[2:-1]
    assert len(table) == 101
    assert table[0][0] == "(other names)"
    assert table[0][3:] == ["900", "101, 102, 103, 104, 105, …"]


def test_names_in_data_cannot_steer_the_terminal(folder):
    content = '{"code": "A", "\\u001b[31m\\n[bold]x": 1}\n'
    result = validate("default.yaml", data(content, "data.jsonl"))
    assert result.exit_code == 1
    assert "\x1b" not in result.stdout
    assert "[bold]x" in result.stdout


def test_quiet_prints_nothing(folder):
    result = validate("default.yaml", data("code\nTOOLONG\n"), "--quiet", "--problems", "out.jsonl")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "")
    assert len(lines("out.jsonl")) == 1


def test_standard_input(folder):
    assert validate("default.yaml", "-", stdin="code;amount\nA;1\n").exit_code == 0
    assert validate("default.yaml", "-", stdin='{"code": "A"}\n{"code": "B"}\n').exit_code == 0
    assert validate("default.yaml", "-", "--format", "jsonl", stdin='{"code": 1}\n').exit_code == 1


def test_windows_text_is_read_and_told(folder):
    result = validate("default.yaml", data("code\nÄ\n".encode("cp1252")), "--clean", "clean.jsonl")
    assert result.exit_code == 0
    assert lines("clean.jsonl")[0]["code"] == "Ä"
    assert "was read as Windows-1252" in result.stderr


CANNOT_RUN = {
    "no such data": (["default.yaml", "nowhere.csv"], "nowhere.csv: No such file or directory"),
    "no such schema": (["nowhere.yaml", "data.csv"], "nowhere.yaml: No such file or directory"),
    "data is a directory": (["default.yaml", "."], ".: Is a directory"),
    "schema is a directory": ([".", "data.csv"], ".: Is a directory"),
    "no header": (["default.yaml", "empty.csv"], "there is no header: the first row must name the attributes"),
    "unknown encoding": (
        ["default.yaml", "data.csv", "--encoding", "klingon"],
        "unknown encoding 'klingon': say one such as utf-8, utf-16, cp1252 or latin-1",
    ),
    "output in no directory": (
        ["default.yaml", "data.csv", "--clean", "no/where.jsonl"],
        "no/where.jsonl: No such file or directory",
    ),
    "output is a directory": (["default.yaml", "data.csv", "--problems", "."], ".: Is a directory"),
    "output is the input": (
        ["default.yaml", "data.csv", "--clean", "./data.csv"],
        "./data.csv: this file is already read from, or written to, by this command",
    ),
    "output is a schema": (
        ["default.yaml", "data.csv", "--clean", "default.yaml"],
        "default.yaml: this file is already read from, or written to, by this command",
    ),
    "output is the input by another name": (
        ["default.yaml", "data.csv", "--clean", "link.csv"],
        "link.csv: this file is already read from, or written to, by this command",
    ),
    "one file for both outputs": (
        ["default.yaml", "data.csv", "--clean", "out", "--problems", "out"],
        "out: this file is already read from, or written to, by this command",
    ),
}


@pytest.mark.parametrize(("arguments", "message"), CANNOT_RUN.values(), ids=CANNOT_RUN)
def test_what_keeps_it_from_running_is_one_line_and_exit_code_2(folder, arguments, message):
    data("code\nA\n")
    data("", "empty.csv")
    os.link("data.csv", "link.csv")
    result = validate(*arguments)
    assert result.exit_code == 2
    assert result.stderr == f"jsonattrs: {message}\n"
    assert result.stdout == ""
    assert Path("data.csv").read_text() == "code\nA\n"
    assert sorted(os.listdir()) == ["data.csv", "default.yaml", "empty.csv", "link.csv", "override.yaml"]


FAULTY = {
    "broken yaml": ("format: 1\nname: [x\n", ["line 3"]),
    "no mapping": ("- 1\n", ["a schema is a mapping"]),
    "unknown property": (
        "format: 1\nname: s\nattributes: [{key: a, name: a, type: text, requird: true}]",
        ["'requird'", "'required'"],
    ),
    "unknown type": ("format: 1\nname: s\nattributes: [{key: a, name: a, type: txt}]", ["'txt'", "'text'"]),
    "unknown subtype": (
        "format: 1\nname: s\nattributes: [{key: a, name: a, type: text, subtype: slugg}]",
        ["'slugg'", "'slug'"],
    ),
}


@pytest.mark.parametrize(("schema", "parts"), FAULTY.values(), ids=FAULTY)
def test_a_fault_of_a_schema_is_one_line_and_exit_code_2(folder, schema, parts):
    Path("faulty.yaml").write_text(schema)
    result = validate("faulty.yaml", data("a\n1\n"))
    assert result.exit_code == 2
    [line] = result.stderr.splitlines()
    assert line.startswith("jsonattrs: ")
    assert all(part in line for part in parts)


def test_all_faults_of_all_schemas_are_told(folder):
    for name in ("one", "two"):
        Path(f"{name}.yaml").write_text(f"format: 1\nname: {name}\nattributes: [{{key: a, typ: text, nam: a}}]")
    result = validate("one.yaml", "two.yaml", data("a\n1\n"))
    assert result.exit_code == 2
    assert [line.split(",")[0] for line in result.stderr.splitlines()] == ["jsonattrs: schema 'one'"] * 2 + [
        "jsonattrs: schema 'two'"
    ] * 2


def test_one_path_is_not_enough(folder):
    result = validate("default.yaml")
    assert result.exit_code == 2
    assert "Missing argument" in result.stderr


def test_an_output_is_complete_or_absent(folder, monkeypatch):
    Path("clean.jsonl").write_text("older\n")
    from jsonattrs_core import Validator

    def fail(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(Validator, "dump", fail)
    result = validate("default.yaml", data("code\nA\n"), "--clean", "clean.jsonl")
    assert result.exit_code == 130
    assert result.stderr == "jsonattrs: interrupted\n"
    assert Path("clean.jsonl").read_text() == "older\n"
    assert not [name for name in os.listdir() if name.endswith(".part")]


def test_an_output_keeps_its_mode_and_its_link(folder):
    Path("real.jsonl").write_text("older\n")
    Path("real.jsonl").chmod(0o640)
    Path("clean.jsonl").symlink_to("real.jsonl")
    assert validate("default.yaml", data("code\nA\n"), "--clean", "clean.jsonl").exit_code == 0
    assert Path("clean.jsonl").is_symlink()
    assert Path("real.jsonl").stat().st_mode & 0o777 == 0o640
    assert lines("real.jsonl")[0]["code"] == "A"


# ---- as a process of its own ----


def process(*command):
    """Run a command, or this Python with arguments, beside the source tree."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment, check=False)


@pytest.mark.parametrize(
    ("content", "code"), [("code\nA\n", 0), ("code\nTOOLONG\n", 1), ("", 2)], ids=["valid", "problems", "no header"]
)
def test_the_exit_code_of_the_process(folder, content, code):
    done = process(sys.executable, "-m", "jsonattrs_core", "validate", "default.yaml", data(content))
    assert done.returncode == code
    assert "Traceback" not in done.stderr


def test_a_reader_that_leaves_early_changes_nothing(folder):
    content = "".join(f'{{"code": "A", "n{number}": 1}}\n' for number in range(200))
    command = f"{sys.executable} -m jsonattrs_core validate default.yaml {data(content, 'data.jsonl')}"
    done = process("bash", "-c", f"{command} | true; exit ${{PIPESTATUS[0]}}")
    assert (done.returncode, done.stderr) == (1, "")


def test_an_interrupt_leaves_nothing_behind(folder):
    os.mkfifo("data.jsonl")
    command = [sys.executable, "-m", "jsonattrs_core", "validate", "default.yaml", "data.jsonl", "--clean", "out.jsonl"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with (
        subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as job,
        open("data.jsonl", "w") as pipe,
    ):
        pipe.write('{"code": "A"}\n' * 10_000)
        pipe.flush()
        while not any(name.endswith(".part") for name in os.listdir()):
            assert job.poll() is None
            time.sleep(0.01)
        job.send_signal(signal.SIGINT)
        _, errors = job.communicate(timeout=60)
    assert (job.returncode, errors) == (130, "jsonattrs: interrupted\n")
    assert sorted(os.listdir()) == ["data.jsonl", "default.yaml", "override.yaml"]


@pytest.mark.parametrize(("options", "shown"), [([], True), (["--quiet"], False)], ids=["bar", "quiet"])
def test_progress_is_shown_on_a_terminal(folder, options, shown):
    screen, terminal = pty.openpty()
    command = [sys.executable, "-m", "jsonattrs_core", "validate", "default.yaml", data("code\nA\n"), *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"}
    with open(screen, "rb", buffering=0) as seen, open(terminal, "wb", buffering=0) as standard_error:
        done = subprocess.run(command, stderr=standard_error, capture_output=False, env=environment, check=False)
        assert done.returncode == 0
        os.write(terminal, b"end")
        text = b""
        while not text.endswith(b"end"):
            text += seen.read(4096)
    assert (b"data.csv" in text) is shown
    assert (text == b"end") is not shown


# A process starts with the peak of the one that started it, which here is a test run: so a small one stands between.
MEASURED = """
import resource, subprocess, sys
code = subprocess.call([sys.executable, "-m", "jsonattrs_core", *sys.argv[1:]])
sys.stderr.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(code)
"""


def test_memory_does_not_grow_with_the_file(folder):
    line = '{{"code": "{}", "amount": "{}.5", "day": "2024-02-29"}}\n'
    with open("data.jsonl", "w") as file:
        file.writelines(line.format("A" if number % 10 else "LONGER", number) for number in range(200_000))
    files = ["default.yaml", "data.jsonl", "--problems", "out.jsonl", "--clean", "clean.jsonl"]
    done = process(sys.executable, "-c", MEASURED, "validate", *files)
    assert done.returncode == 1
    assert "200,000 records, 180,000 valid, 20,000 with problems, 20,000 problems," in done.stdout
    assert int(done.stderr) < 120 * 1024  # kilobytes


NO_RICH = """
import importlib.util
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name == "rich" else find(name, package)
from jsonattrs_core.cli import main
main()
"""


def test_the_extra_that_it_needs_is_named(folder):
    done = process(sys.executable, "-c", NO_RICH)
    assert done.returncode == 2
    assert done.stderr == "jsonattrs: the command line needs its extra: pip install 'jsonattrs[cli]'\n"


def test_nothing_of_the_extra_is_loaded_before_it_is_needed(folder):
    done = process(sys.executable, "-c", "import sys, jsonattrs_core.cli; print({'typer', 'rich'} & {*sys.modules})")
    assert done.stdout == "set()\n"


def test_a_schema_in_the_place_of_the_data_is_named(folder):
    result = validate("default.yaml", "override.yaml")
    assert result.exit_code == 2
    assert result.stderr == (
        "jsonattrs: override.yaml: this looks like a schema; the last file named must be the data\n"
    )


@pytest.mark.parametrize("option", ["--problems", "--clean"])
def test_an_output_needs_a_name(folder, option):
    result = validate("default.yaml", data("code,amount\nA,1.50\n"), option, "-")
    assert result.exit_code == 2
    assert result.stderr == "jsonattrs: problems and clean records go to files: '-' is not one; /dev/stdout is\n"
    assert not Path("-").exists()
