"""What a form does with its expressions: as much of ODK's XPath as ours are made of, with JavaRosa's conversions.

Blank answers are the empty text. Numbers are doubles; two of them are equal that are less than 1e-12 apart; what is no
number is NaN. Dates are numbers of days. See https://getodk.github.io/xforms-spec/ and org.javarosa.xpath.expr.
"""

from __future__ import annotations

import math
import operator
import re
from datetime import UTC, date, datetime

__all__ = ["Form", "evaluate"]

_EPOCH = date(1970, 1, 1)
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>'[^']*'|\"[^\"]*\")|\$\{(?P<ref>\w+)\}|(?P<call>[a-z-]+)\("
    r"|(?P<word>and|or|mod)\b|(?P<sign><=|>=|!=|[<>=+\-),.(]))"
)
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("mod",))
_SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def to_number(value):
    if isinstance(value, bool | float):
        return float(value)
    if isinstance(value, datetime):
        return float((value.date() - _EPOCH).days)
    if isinstance(value, date):
        return float((value - _EPOCH).days)
    return float(value) if re.fullmatch(r"\s*-?(?:\d+\.?\d*|\.\d+)\s*", value) else math.nan


def to_text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return value if isinstance(value, str) else value.isoformat()


def to_bool(value):
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return abs(value) > 1e-12 and not math.isnan(value)
    return value != ""


def equal(one, other):
    if isinstance(one, bool) or isinstance(other, bool):
        return to_bool(one) == to_bool(other)
    if isinstance(one, float) or isinstance(other, float):
        return abs(to_number(one) - to_number(other)) < 1e-12
    return to_text(one) == to_text(other)


def to_days(value):
    if isinstance(value, datetime):
        return (value - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1000 / 86_400_000
    return to_days(datetime.fromisoformat(value)) if isinstance(value, str) and value else value


def format_date(value, form):
    return "" if value == "" else value.strftime(form)


#: A moment for all expressions, since schema and form are not asked at the same one.
NOW = datetime.now(tz=UTC)
CALLS = {
    "true": lambda: True,
    "false": lambda: False,
    "not": lambda value: not to_bool(value),
    "number": to_number,
    "concat": lambda *values: "".join(map(to_text, values)),
    "selected": lambda value, name: name in to_text(value).split(" "),
    "count-selected": lambda value: float(len(to_text(value).split())),
    "regex": lambda value, pattern: re.fullmatch(pattern, to_text(value), re.ASCII) is not None,
    "contains": lambda value, part: part in to_text(value),
    "starts-with": lambda value, part: to_text(value).startswith(part),
    "ends-with": lambda value, part: to_text(value).endswith(part),
    "today": NOW.date,
    "now": lambda: NOW,
    "date": lambda text: date.fromisoformat(text) if text else text,
    "decimal-date-time": to_days,
    "format-date": format_date,
}


class _Parser:
    def __init__(self, text, answers, own):
        self.tokens = []
        self.answers = answers
        self.own = own
        place = 0
        while place < len(text):
            match = _TOKEN.match(text, place)
            assert match, f"{text[place:]!r} is not expected in {text!r}"
            self.tokens.append((match.lastgroup, match[match.lastgroup]))
            place = match.end()

    def next_is(self, *texts):
        return bool(self.tokens) and self.tokens[0][0] in ("word", "sign") and self.tokens[0][1] in texts

    def take(self):
        return self.tokens.pop(0)

    def level(self, rank=0):
        if rank == len(_LEVELS):
            return self.operand()
        value = self.level(rank + 1)
        while self.next_is(*_LEVELS[rank]):
            sign = self.take()[1]
            value = self.combined(sign, value, self.level(rank + 1))
        return value

    def combined(self, sign, one, other):
        if sign in ("and", "or"):
            return (to_bool(one) and to_bool(other)) if sign == "and" else (to_bool(one) or to_bool(other))
        if sign in ("=", "!="):
            return equal(one, other) is (sign == "=")
        left, right = to_number(one), to_number(other)
        if sign in _SIGNS:
            return _SIGNS[sign](left, right)
        return {"+": left + right, "-": left - right, "mod": math.fmod(left, right) if right else math.nan}[sign]

    def operand(self):
        kind, text = self.take()
        if kind == "number":
            return float(text)
        if kind == "text":
            return text[1:-1]
        if kind == "ref":
            return self.answers.get(text, "")
        if kind == "call":
            return CALLS[text](*self.arguments())
        if text == ".":
            return self.own
        if text == "-":
            return -to_number(self.operand())
        assert text == "(", text
        value = self.level()
        assert self.take()[1] == ")"
        return value

    def arguments(self):
        found = []
        while not self.next_is(")"):
            found.append(self.level())
            if self.next_is(","):
                self.take()
        self.take()
        return found


def evaluate(text, answers, own=""):
    """Return the value of an expression beside these answers; ``own`` is that of the question itself."""
    parser = _Parser(text, answers, own)
    value = parser.level()
    assert not parser.tokens, parser.tokens
    return value


class Form:
    """A form of ours, filled in: answers are given as stored values by attribute."""

    def __init__(self, form):
        self.rows = [row for row in form.survey if not row["type"].endswith("_group")]
        self.names = {attribute: question for question, attribute in form.attributes.items()}
        self.choices = {
            question: {repr(stored): name for name, stored in named.items()} for question, named in form.values.items()
        }
        self.types = {row["name"]: row["type"].split()[0] for row in self.rows}

    def answers(self, document):
        """Return the answers by question."""
        return {self.names[name]: self.answer(self.names[name], value) for name, value in document.items()}

    def answer(self, question, value):
        if question in self.choices:
            names = self.choices[question]
            return " ".join(names[repr(item)] for item in (value if isinstance(value, list) else [value]))
        if self.types[question] in ("integer", "decimal"):
            return float(value)
        if self.types[question] == "date":
            return date.fromisoformat(value)
        return datetime.fromisoformat(value) if self.types[question] == "dateTime" else value

    def hidden(self, answers):
        return {
            row["name"] for row in self.rows if "relevant" in row and not to_bool(evaluate(row["relevant"], answers))
        }

    def required(self, answers):
        seen = [row for row in self.rows if row["name"] not in self.hidden(answers)]
        return {
            row["name"]
            for row in seen
            if row.get("required") == "yes" or ("required" in row and to_bool(evaluate(row["required"], answers)))
        }

    def refused(self, answers):
        """Return the questions whose answers are refused; blank ones never are."""
        given = [row for row in self.rows if "constraint" in row and answers.get(row["name"], "") != ""]
        return {row["name"] for row in given if not to_bool(evaluate(row["constraint"], answers, answers[row["name"]]))}
