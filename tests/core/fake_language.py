"""A rule language for tests, small enough to be read at a glance, offered the way every plugin offers one.

    expression = term {"and" term}
    term       = "not" term | "(" expression ")" | "given." name | operand [("<" | "<=" | "==" | "!=") operand]
    operand    = name | number | 'text'

A name alone is a boolean attribute. ``and`` stops at the first false term, so that ``given.a and a < b`` guards ``a``.
"""

from __future__ import annotations

import operator
import re

from jsonattrs_core import Registry, RuleLanguage, SchemaError, hookimpl

_TOKEN = re.compile(r"\s*(?:(given\.)?([a-z_][a-z0-9_]*)|(-?[0-9]+)|'([^']*)'|(<=|==|!=|<|\(|\)))")
_COMPARISONS = {"<": operator.lt, "<=": operator.le, "==": operator.eq, "!=": operator.ne}
_WORDS = ("and", "not")


class FakeLanguage:
    """The compiler."""

    def compile(self, expression, types, result):
        """Return the compiled expression; raise SchemaError for what is not in the language."""
        if result is not bool:
            raise SchemaError(f"only bool can be the result, not {result!r}")
        return _Parser(expression, types).parse()


#: The object that the record names.
LANGUAGE = FakeLanguage()


class FakeExpression:
    """A tree of closures, and the names that they look up."""

    def __init__(self, names, function):
        self.names = names
        self._function = function

    def evaluate(self, values):
        """Return the outcome; the KeyError of an absent value is let out."""
        return self._function(values)


class _Parser:
    def __init__(self, source, types):
        self.types = types
        self.names = []
        self.tokens = list(_tokens(source))

    def parse(self):
        function = self.expression()
        if self.tokens:
            raise SchemaError(f"{self.tokens[0][1]!r} is too much")
        return FakeExpression(tuple(dict.fromkeys(self.names)), function)

    def expression(self):
        terms = [self.term()]
        while self.next_is("word", "and"):
            terms.append(self.term())
        return lambda values: all(term(values) for term in terms)

    def term(self):
        if self.next_is("word", "not"):
            inner = self.term()
            return lambda values: not inner(values)
        if self.next_is("sign", "("):
            inner = self.expression()
            if not self.next_is("sign", ")"):
                raise SchemaError("')' is missing")
            return inner
        if self.tokens and self.tokens[0][0] == "given":
            name = self.name(self.tokens.pop(0)[1])
            return lambda values: name in values
        return self.comparison()

    def comparison(self):
        left, left_type = self.operand()
        for sign, compare in _COMPARISONS.items():
            if self.next_is("sign", sign):
                right, right_type = self.operand()
                if left_type is not right_type and None not in (left_type, right_type):
                    raise SchemaError(f"{left_type.__name__} cannot be compared with {right_type.__name__}")
                return lambda values: compare(left(values), right(values))
        if left_type not in (bool, None):
            raise SchemaError(f"a condition is true or false, not {left_type.__name__}")
        return left

    def operand(self):
        kind, text = self.tokens.pop(0) if self.tokens else ("end", "")
        if kind == "number":
            return (lambda values: int(text)), int
        if kind == "text":
            return (lambda values: text), str
        if kind != "word" or text in _WORDS:
            raise SchemaError(f"a value is expected, not {text!r}")
        name = self.name(text)
        return (lambda values: values[name]), self.python(name)

    def name(self, name):
        self.names.append(name)
        return name

    def python(self, name):
        if name not in self.types:  # whoever asked knows the names better, and says so
            return None
        if self.types[name].multiple:
            raise SchemaError(f"{name!r} is a list")
        return self.types[name].base.python

    def next_is(self, kind, text):
        if self.tokens and self.tokens[0] == (kind, text):
            self.tokens.pop(0)
            return True
        return False


def _tokens(source):
    position = 0
    while source[position:].strip():
        found = _TOKEN.match(source, position)
        if found is None:
            raise SchemaError(f"{source[position:].strip()!r} cannot be read")
        position = found.end()
        given, word, number, text, sign = found.groups()
        if word is not None:
            yield ("given" if given else "word"), word
        elif number is not None:
            yield "number", number
        elif text is not None:
            yield "text", text
        else:
            yield "sign", sign


class FakeLanguagePlugin:
    """The plugin: an object with a hook implementation, as a module would be."""

    @hookimpl
    def jsonattrs_rule_languages(self):
        return [RuleLanguage("fake", load="tests.core.fake_language:LANGUAGE", summary="For tests.")]


#: The built-in types and the fake language; no installed plugin has a say in these tests.
REGISTRY = Registry.from_plugins({"fake-language": FakeLanguagePlugin()})
