"""The conformance kit finds each kind of fault that a plugin can have, and says what it is."""

from __future__ import annotations

import _socket
import re
import socket
import time

import pytest

from jsonattrs_core import (
    BaseType,
    Constraint,
    Invalid,
    PluginError,
    Registry,
    RuleLanguage,
    SchemaError,
    Subtype,
    TextFormat,
    hookimpl,
)
from jsonattrs_core.testing import SocketUsed, cases, no_sockets, probe


class Plugin:
    """Contributes what it is given."""

    def __init__(self, *records):
        self._records = records

    def _of(self, kind):
        return [record for record in self._records if isinstance(record, kind)]

    @hookimpl
    def jsonattrs_base_types(self):
        return self._of(BaseType)

    @hookimpl
    def jsonattrs_subtypes(self):
        return self._of(Subtype)

    @hookimpl
    def jsonattrs_constraints(self):
        return self._of(Constraint)

    @hookimpl
    def jsonattrs_rule_languages(self):
        return self._of(RuleLanguage)

    @hookimpl
    def jsonattrs_text_formats(self):
        return self._of(TextFormat)


def registry_of(*records):
    return Registry.from_plugins({"shop": Plugin(*records)})


def faults_of(*records):
    """Return the messages of the cases that fail, by id."""
    found = {}
    for name, case in cases(registry_of(*records), provider="shop"):
        try:
            case()
        except AssertionError as error:
            found[name] = str(error)
    return found


# ---- a good plugin ----


def check_code(value):
    """Accept two letters and four ASCII digits, written with or without a hyphen."""
    found = re.fullmatch("([A-Z]{2})-?([0-9]{4})", value.upper())
    if found is None:
        raise Invalid("format")
    if found[2] == "0000":
        raise Invalid("shop.reserved", reserved="0000")
    return f"{found[1]}-{found[2]}"


def subtype(load=check_code, **changes):
    """Return a good subtype, with something changed."""
    details = {
        "base": "text",
        "name": "shop-code",
        "label": "Code",
        "summary": "Two letters and four digits.",
        "examples": ("AB-1234", "ab1235"),
        "invalid_examples": ("AB-12345", "AB-0000"),
        "codes": {"format": "Write it as AB-1234.", "shop.reserved": "The number %(reserved)s is reserved."},
        "pattern": "[A-Z]{2}-[0-9]{4}",
        "input": {"mask": "aa-0000"},
    }
    return Subtype(**{**details, "load": load, **changes})


def pairs(language):
    """Return values with labels."""
    return [("AB-1234", f"Apples ({language})"), ("AB-1235", "Pears")]


FOLD = {0x660 + digit: str(digit) for digit in range(10)}


def test_a_good_subtype_passes_every_case():
    found = dict(cases(registry_of(subtype(choices=pairs, suggestions=pairs, format=str.lower)), provider="shop"))

    assert list(found) == [
        "text/shop-code@shop/record",
        "text/shop-code@shop/examples",
        "text/shop-code@shop/invalid-examples",
        "text/shop-code@shop/json-values",
        "text/shop-code@shop/digits",
        "text/shop-code@shop/broken-texts",
        "text/shop-code@shop/functions",
    ]
    for case in found.values():
        case()


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(subtype(lambda value: check_code(value.translate(FOLD))), id="folds-digits"),
        pytest.param(subtype(lambda attribute: check_code, factory=True, params=("region",)), id="factory-with-params"),
        pytest.param(
            subtype(str, examples=("10 High Street", "12"), invalid_examples=("a\x00b",), pattern=None, codes=()),
            id="open-text-keeps-the-digits-of-every-script",
        ),
        pytest.param(
            Subtype(
                base="integer",
                name="even",
                load=lambda value: value + value % 2,
                label="Even",
                summary="Made even.",
                examples=(3,),
                invalid_examples=("x", 3.5),
            ),
            id="integer",
        ),
    ],
)
def test_other_good_subtypes(record):
    assert faults_of(record) == {}


# ---- faults of a subtype ----


def as_it_is(value):
    """Check as check_code does, and give the value back as it came."""
    check_code(value)
    return value


def raising(value):
    if value == "AB-1234":
        return value
    raise ValueError("the value was " + value)


def returning_verdicts(value):
    return bool(re.fullmatch("[A-Z]{2}-[0-9]{4}", value))


def not_idempotent(value):
    return check_code(value[::-1]) if value[0].isdigit() else check_code(value)[::-1]


def unicode_digits(value):
    if not re.fullmatch(r"[A-Z]{2}-\d{4}", value):
        raise Invalid("format")
    return value


def dropping_what_it_does_not_know(value):
    value = re.sub("[^A-Z0-9]", "", value.upper())
    if not re.fullmatch("[A-Z]{2}[0-9]{3,4}", value):
        raise Invalid("format")
    return value


def calling_int(value):
    if value[3:].isdigit():
        int(value[3:])
    return check_code(value)


def with_dollar(value):
    if not re.match("^[A-Z]{2}-[0-9]{4}$", value):
        raise Invalid("format")
    return value


def slow_on_long_texts(value):
    if len(value) > 50_000:
        time.sleep(0.03)
    return check_code(value)


def backtracking(value):
    if re.fullmatch(r"(a|aa)+c", value[:28]):
        raise Invalid("format")
    return check_code(value)


def connecting(value):
    socket.create_connection(("127.0.0.1", 9))
    return check_code(value)


def connecting_in_secret(value):
    try:
        socket.getaddrinfo("localhost", 80)
    except Exception:
        return check_code(value)
    return check_code(value)


def repeating_the_value(value):
    try:
        return check_code(value)
    except Invalid:
        raise Invalid("format", given=f"you wrote {value}") from None


def with_unwritable_params(value):
    try:
        return check_code(value)
    except Invalid:
        raise Invalid("format", limit={1, 2}) from None


def refusing_lower_case(value):
    if value != value.upper():
        raise Invalid("component")
    return check_code(value)


def other_values(language):
    return [("AB-1234", "Apples")] if language == "de" else pairs(language)


WHO = "the subtype 'shop-code' of 'shop'"

FAULTS = {
    # a row: the changed subtype, the case that fails, what it says
    "no-label": (subtype(label=" "), "record", f"{WHO} has no label"),
    "no-summary": (subtype(summary=""), "record", f"{WHO} has no summary"),
    "no-examples": (subtype(examples=()), "record", f"{WHO} has no examples"),
    "no-invalid-examples": (subtype(invalid_examples=[]), "record", f"{WHO} has no invalid_examples"),
    "missing-comma": (subtype(examples=("AB-1234")), "record", f"{WHO} has examples 'AB-1234', not a tuple"),
    "used-up": (subtype(codes=iter(["format"])), "record", f"{WHO} has codes "),
    "foreign-code": (
        subtype(codes=("format", "stdnum.odd", "shop.reserved")),
        "record",
        f"{WHO} declares the code 'stdnum.odd': neither one of the core's nor 'shop.<code>'",
    ),
    "unknown-code": (
        subtype(codes=("format", "odd", "shop.reserved")),
        "record",
        f"{WHO} declares the code 'odd': neither one of the core's nor 'shop.<code>'",
    ),
    "planned-failure": (
        subtype(codes=("format", "provider_error", "shop.reserved")),
        "record",
        f"{WHO} declares the code 'provider_error': neither one of the core's nor 'shop.<code>'",
    ),
    "empty-message": (
        subtype(codes={"format": "", "shop.reserved": ""}),
        "record",
        f"{WHO} gives its code 'shop.reserved' the message '', not a text",
    ),
    "unaskable-name": (
        subtype(name="shop code"),
        "record",
        "the subtype 'shop code' of 'shop' is named 'shop code', which no schema can ask for: no space and no @ in a "
        "name",
    ),
    "params-without-factory": (
        subtype(params=("region",)),
        "record",
        f"{WHO} has params, but no factory that reads them",
    ),
    "params-of-the-base-type": (
        subtype(lambda attribute: check_code, factory=True, params=("max_length",)),
        "record",
        f"{WHO} has the param 'max_length', which switches off that constraint of 'text'",
    ),
    "country": (
        subtype(country="gb"),
        "record",
        f"{WHO} has the country 'gb', not two upper-case letters of ISO 3166-1",
    ),
    "hints": (subtype(input={"mask": 5}), "record", f"{WHO} has the hints for forms {{'mask': 5}}, not texts"),
    "priority": (subtype(priority=1.5), "record", f"{WHO} has the priority 1.5, not a whole number"),
    "no-pattern": (
        subtype(pattern="["),
        "record",
        f"{WHO} has a pattern that is none: unterminated character set at position 0",
    ),
    "narrow-pattern": (
        subtype(pattern="[A-Z]{2}[0-9]{4}"),
        "examples",
        f"{WHO} has the pattern '[A-Z]{{2}}[0-9]{{4}}', which refuses the clean 'AB-1234'",
    ),
    "wrong-example": (
        subtype(examples=("AB-12345",)),
        "examples",
        f"{WHO} refuses its example 'AB-12345' with 'format'",
    ),
    "empty-example": (
        subtype(examples=(" ",)),
        "examples",
        f"{WHO} has the example ' ', which is an empty value",
    ),
    "wrong-invalid-example": (
        subtype(invalid_examples=("AB-1234",)),
        "invalid-examples",
        f"{WHO} accepts 'AB-1234', one of its invalid examples",
    ),
    "undeclared-code": (
        subtype(codes=("format",)),
        "invalid-examples",
        f"{WHO} refuses 'AB-0000' with 'shop.reserved', a code that its record does not declare",
    ),
    "undeclared-code-of-the-core": (
        subtype(refusing_lower_case, examples=("AB-1234",)),
        "json-values",
        f"{WHO} refuses 'x' with 'component', a code that its record does not declare",
    ),
    "missing-function": (
        subtype("jsonattrs_core.testing:no_such_check"),
        "examples",
        f"{WHO} cannot be compiled: plugin jsonattrs-shop: subtype 'shop-code' cannot be loaded from "
        "'jsonattrs_core.testing:no_such_check': AttributeError: ",
    ),
    "crash": (
        subtype(raising, examples=("AB-1234",)),
        "json-values",
        f"{WHO} breaks on 'x': subtype 'shop-code' of provider 'shop' failed: ValueError at {__file__}:",
    ),
    "verdicts": (
        subtype(returning_verdicts, examples=("AB-1234",)),
        "examples",
        f"{WHO} breaks on 'AB-1234': subtype 'shop-code' of provider 'shop' failed: TypeError at ",
    ),
    "not-idempotent": (
        subtype(not_idempotent, pattern=None),
        "examples",
        f"{WHO} makes '4321-BA' of 'AB-1234', which gives 'AB-1234' when checked again",
    ),
    "stored-digits": (
        subtype(unicode_digits, examples=("AB-1234",)),
        "digits",
        f"{WHO} makes 'AB-١٢٣٤' of 'AB-١٢٣٤': refuse or fold Arabic-Indic digits",
    ),
    "dropped-digits": (
        subtype(dropping_what_it_does_not_know, examples=("AB-1234",), pattern=None),
        "digits",
        f"{WHO} makes 'AB123' of 'AB-123٤': refuse or fold Arabic-Indic digits",
    ),
    "superscripts": (
        subtype(calling_int, examples=("AB-1234",)),
        "digits",
        f"{WHO} breaks on 'AB-¹²³⁴': subtype 'shop-code' of provider 'shop' failed: ValueError at {__file__}:",
    ),
    "trailing-newline": (
        subtype(with_dollar, examples=("AB-1234",)),
        "broken-texts",
        f"{WHO} stores 'AB-1234\\n' with its line break",
    ),
    "slow": (
        subtype(slow_on_long_texts),
        "json-values",
        f"{WHO} takes 0.0",
    ),
    "opens-a-socket": (
        subtype(connecting),
        "examples",
        f"{WHO} breaks on 'AB-1234': subtype 'shop-code' of provider 'shop' failed: SocketUsed at ",
    ),
    "opens-a-socket-in-secret": (
        subtype(connecting_in_secret),
        "examples",
        f"{__name__} ({__file__}:{connecting_in_secret.__code__.co_firstlineno + 2}) looks up a host: "
        "nothing of a validator may use the network",
    ),
    "repeats-the-value": (
        subtype(repeating_the_value),
        "invalid-examples",
        f"{WHO} repeats the refused value 'AB-12345' in the parameters of 'format'",
    ),
    "unwritable-params": (
        subtype(with_unwritable_params),
        "invalid-examples",
        f"{WHO} gives 'format' parameters that JSON cannot hold: Object of type set is not JSON serializable",
    ),
    "choices-are-no-pairs": (
        subtype(suggestions=lambda language: ["AB-1234"]),
        "functions",
        f"{WHO}: suggestions gives 'AB-1234', not a pair of value and label",
    ),
    "choices-without-label": (
        subtype(suggestions=lambda language: [("AB-1234", "")]),
        "functions",
        f"{WHO}: suggestions gives 'AB-1234' the label '', not a text",
    ),
    "no-suggestions": (subtype(suggestions=lambda language: []), "functions", f"{WHO}: suggestions gives nothing"),
    "unclean-suggestion": (
        subtype(suggestions=lambda language: [("ab1234", "Apples")]),
        "functions",
        f"{WHO}: suggestions gives 'ab1234', which is no clean value",
    ),
    "values-by-language": (
        subtype(suggestions=other_values),
        "functions",
        f"{WHO}: suggestions gives other values for the language 'de': only labels have one",
    ),
    "missing-suggestions": (
        subtype(suggestions="jsonattrs_core.testing:nothing"),
        "functions",
        f"{WHO}: suggestions (jsonattrs_core.testing:nothing) fails for None: AttributeError: ",
    ),
    "format-gives-no-text": (
        subtype(format=len),
        "functions",
        f"{WHO}: format gives 7 for 'AB-1234', not a text",
    ),
    "format-raises": (
        subtype(format=int),
        "functions",
        f"{WHO}: format (<class 'int'>) fails for 'AB-1234': ValueError: ",
    ),
    "format-changes-it": (
        subtype(format=lambda value: f"{value[:-1]}9"),
        "functions",
        f"{WHO}: format gives 'AB-1239' for 'AB-1234', which is read as something else",
    ),
}


@pytest.mark.parametrize(("record", "case", "message"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_a_subtype_is_found(record, case, message, monkeypatch):
    monkeypatch.setattr(probe, "MAX_SECONDS", 0.02)  # of the slow one; all others take less than a thousandth
    found = {name.rpartition("/")[2]: text for name, text in faults_of(record).items()}

    assert case in found, found
    assert found[case].startswith(message)
    assert "\n" not in found[case]
    assert found[case] == message or message.endswith((": ", " ", ":", "0.0"))


def test_catastrophic_backtracking_is_found(monkeypatch):
    monkeypatch.setattr(probe, "MAX_SECONDS", 0.02)
    found = faults_of(subtype(backtracking))

    assert any(text.startswith(f"{WHO} takes ") for text in found.values())


# ---- faults of other records ----


def base_type(**changes):
    def check(value):
        if not isinstance(value, str):
            raise Invalid("type", type="text")
        if not re.fullmatch("[a-z]{1,5}", value):
            raise Invalid("format", type="text")
        return value

    details = {
        "python": str,
        "json": "string",
        "check": check,
        "from_text": lambda text, language: text.strip(),
        "dump": str,
        "load": check,
        "json_schema": {"type": "string"},
    }
    return BaseType("word", **{**details, **changes})


WORD = "the base type 'word' of 'shop'"

BASE_FAULTS = {
    "good": (base_type(), "", ""),
    "crash": (
        base_type(check=str.lower),
        "json-values",
        f"{WORD} breaks on True: base type 'word' of provider 'shop' f",
    ),
    "no-json-type": (
        base_type(json="text"),
        "record",
        f"{WORD} is stored as 'text', which is none of string, number, b",
    ),
    "unknown-constraint": (
        base_type(constraints=("mim",)),
        "record",
        f"{WORD} takes the constraint 'mim', which nobody provides",
    ),
    "no-json-schema": (
        base_type(json_schema=lambda attribute: None),
        "record",
        f"{WORD} gives None as its JSON Schema, not a mapping",
    ),
    "other-class": (base_type(python=int), "json-values", f"{WORD} makes a str of 'x', not a int"),
    "unwritable": (
        base_type(dump=str.encode),
        "json-values",
        f"{WORD} accepts a value that JSON cannot hold: TypeError",
    ),
    "other-json": (base_type(dump=len), "json-values", f"{WORD} stores 'x' as 1, which is no JSON string"),
    "lost-in-storage": (
        base_type(dump=str.upper, load=lambda value: value),
        "json-values",
        f"{WORD} makes 'x' of 'x', which is 'X' once stored and read",
    ),
    "unstorable": (
        base_type(dump=lambda value: f"{value}\x00", load=lambda value: value[:-1]),
        "json-values",
        f"{WORD} stores 'x\\x00', which databases refuse: it has a NUL or a lone surrogate",
    ),
    "wrong-default": (
        base_type(named={"noon": lambda now: "12:00"}),
        "named",
        f"{WORD} refuses '12:00', its own default 'noon'",
    ),
    "ambiguous-canonical": (
        base_type(canonical=lambda value: value[:1]),
        "canonical",
        f"{WORD} gives 'true' and 'today' canonical texts that tell otherwise",
    ),
    "writes-what-it-does-not-read": (
        base_type(to_text=lambda value, language: f"{value}{language}"),
        "written",
        f"{WORD} writes '",
    ),
    "reader-crashes": (
        base_type(from_text=lambda text, language: str(int(text))),
        "texts",
        f"{WORD} breaks on 'x': base type 'word' of provider 'shop' failed: ValueError at {__file__}",
    ),
}


@pytest.mark.parametrize(("record", "case", "message"), BASE_FAULTS.values(), ids=BASE_FAULTS)
def test_a_fault_of_a_base_type_is_found(record, case, message):
    found = {name.rpartition("/")[2]: text for name, text in faults_of(record).items()}

    assert list(found)[:1] == ([case] if case else [])
    assert found.get(case, "").startswith(message)


def constraint(load, **changes):
    return Constraint("tail", **{"bases": ("text",), "load": load, "codes": ("pattern",), **changes})


def load_tail(parameter, attribute):
    if not isinstance(parameter, str):
        raise SchemaError("a tail is a text")

    def check(value):
        if not value.endswith(parameter):
            raise Invalid("pattern", tail=parameter)
        return value

    return check


TAIL = "the constraint 'tail' of 'shop'"

CONSTRAINT_FAULTS = {
    "good": (constraint(load_tail), "", ""),
    "unchecked-parameter": (
        constraint(lambda parameter, attribute: lambda value: value[: -len(parameter)]),
        "parameters-text",
        f"{TAIL} with the parameter True breaks on 'x': constraint 'tail' of provider 'shop' failed: TypeError at ",
    ),
    "maker-crashes": (
        constraint(lambda parameter, attribute: parameter.strip()),
        "parameters-text",
        f"{TAIL} breaks on the parameter True: plugin jsonattrs-shop: constraint 'tail' cannot be made: Attribu",
    ),
    "undeclared-code": (
        constraint(load_tail, codes=()),
        "parameters-text",
        f"{TAIL} with the parameter ' ' refuses 'x' with 'pattern', a code that its record does not declare",
    ),
    "not-loadable": (
        constraint("no_such_module:tail"),
        "record",
        f"{TAIL} cannot be loaded from 'no_such_module:tail': ModuleNotFoundError: No module named 'no_such_module'",
    ),
    "not-callable": (constraint("re:I"), "record", f"{TAIL} loads re.IGNORECASE, which cannot be called"),
    "unknown-base": (
        constraint(load_tail, bases=("text", "texts")),
        "record",
        f"{TAIL} is for the base type 'texts', which nobody provides",
    ),
    "missing-comma": (constraint(load_tail, bases=("text")), "record", f"{TAIL} has bases 'text', not a tuple"),
    "no-keywords": (
        constraint(load_tail, json_schema=lambda parameter: None),
        "parameters-text",
        f"{TAIL} with the parameter '' gives None as JSON Schema keywords, not a mapping",
    ),
}


@pytest.mark.parametrize(("record", "case", "message"), CONSTRAINT_FAULTS.values(), ids=CONSTRAINT_FAULTS)
def test_a_fault_of_a_constraint_is_found(record, case, message):
    found = {name.rpartition("/")[2]: text for name, text in faults_of(record).items()}

    assert list(found)[:1] == ([case] if case else [])
    assert found.get(case, "").startswith(message)


class Language:
    """Reads nothing."""

    def compile(self, expression, types, result):
        raise SchemaError("not understood")


def a_language():
    return Language()


class CrashingLanguage:
    def compile(self, expression, types, result):
        return eval(expression)


class CarelessLanguage:
    def compile(self, expression, types, result):
        return expression


WORDS = "the rule language 'words' of 'shop'"


@pytest.mark.parametrize(
    ("load", "message"),
    [
        pytest.param(Language(), None, id="good"),
        pytest.param(Language, None, id="good-class"),
        pytest.param(a_language, None, id="good-function"),
        pytest.param(CrashingLanguage(), f"{WORDS} raises SyntaxError on '', not SchemaError", id="crash"),
        pytest.param(
            CarelessLanguage(), f"{WORDS} makes '' of '', which has no names or no evaluate", id="accepts-all"
        ),
        pytest.param("re:nothing", f"{WORDS} cannot be loaded: AttributeError: module 're' has no", id="not-loadable"),
        pytest.param(dict, f"{WORDS} loads {{}}, which has no method compile", id="no-compiler"),
    ],
)
def test_a_fault_of_a_rule_language_is_found(load, message):
    found = faults_of(RuleLanguage("words", load=load))

    assert list(found) == ([] if message is None else ["words@shop/gibberish"])
    assert found.get("words@shop/gibberish", "").startswith(message or "")


def text_format(read=lambda text, language: text, write=lambda value, language: value):
    return TextFormat("text", read=read, write=write)


TEXTS = "the text format 'text' of 'shop'"


def test_a_good_text_format_passes():
    assert faults_of(text_format()) == {}


@pytest.mark.parametrize(
    ("record", "case", "message"),
    [
        pytest.param(
            text_format(read=lambda text, language: str(int(text))), "texts", f"{TEXTS} breaks on ", id="reader-crashes"
        ),
        pytest.param(
            text_format(write=lambda value, language: f"{value}!"),
            "written",
            f"{TEXTS} writes 'x' as 'x!' in the language None, and reads that as 'x!'",
            id="reads-back-something-else",
        ),
        pytest.param(
            text_format(write=lambda value, language: int(value)),
            "written",
            f"{TEXTS} breaks on writing 'x'",
            id="writer-crashes",
        ),
    ],
)
def test_a_fault_of_a_text_format_is_found(record, case, message):
    assert faults_of(record).get(f"text@shop/{case}", "").startswith(message)


# ---- which cases there are ----


@pytest.mark.parametrize("name", ["shop", "jsonattrs-shop", "Jsonattrs_Shop"])
def test_a_provider_has_two_names(name):
    assert len(dict(cases(registry_of(subtype()), provider=name))) == 7


def test_an_unknown_provider_has_no_cases_to_pass():
    with pytest.raises(PluginError) as raised:
        cases(registry_of(subtype()), provider="shops")

    assert str(raised.value) == "the provider 'shops' is not in this registry; did you mean 'shop'?"


def test_without_a_provider_all_are_tested():
    found = [name for name, _ in cases(registry_of(subtype()))]

    assert len(found) == len(set(found))
    assert "text/shop-code@shop/digits" in found
    assert "text/slug@jsonattrs/digits" in found


def test_a_shadowed_subtype_is_tested_too():
    good, bad = subtype(priority=60), subtype(unicode_digits, examples=("AB-1234",))
    registry = Registry.from_plugins({"shop": Plugin(good), "market": Plugin(bad)})

    for _, case in cases(registry, provider="shop"):
        case()
    with pytest.raises(AssertionError, match="'shop-code' of 'market'"):
        dict(cases(registry, provider="market"))["text/shop-code@market/digits"]()


def test_one_name_on_two_base_types():
    whole = Subtype(
        base="integer",
        name="shop-code",
        load=lambda value: value,
        label="Code",
        summary="A number.",
        examples=(1,),
        invalid_examples=("x",),
    )
    found = dict(cases(registry_of(subtype(), whole), provider="shop"))

    assert {name.partition("/")[0] for name in found} == {"text", "integer"}
    for case in found.values():
        case()


# ---- no_sockets ----


def a_socket():
    with socket.socket():
        pass


def an_inner_socket():
    _socket.socket().close()


ATTEMPTS = {
    "create": (a_socket, "opens a socket"),
    "create-below": (an_inner_socket, "opens a socket"),
    "connect": (lambda: socket.create_connection(("127.0.0.1", 9)), "looks up a host"),
    "look-up": (lambda: socket.getaddrinfo("localhost", 80), "looks up a host"),
    "look-up-name": (lambda: socket.gethostbyname("localhost"), "looks up a host"),
}


@pytest.mark.parametrize(("attempt", "what"), ATTEMPTS.values(), ids=ATTEMPTS)
def test_no_socket_is_opened(attempt, what):
    with no_sockets() as attempts, pytest.raises(SocketUsed) as raised:
        attempt()

    assert str(raised.value) == attempts[0]
    assert re.fullmatch(
        rf"{__name__} \({re.escape(__file__)}:\d+\) {what}: nothing of a validator may use the network", attempts[0]
    )


def test_a_socket_that_was_there_before_is_not_connected():
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        with no_sockets(), pytest.raises(SocketUsed, match="connects a socket"):
            client.connect(server.getsockname())

        client.connect(server.getsockname())


def test_all_is_as_before():
    before = dict(vars(socket)), dict(vars(socket.socket))
    with pytest.raises(KeyError), no_sockets():
        raise KeyError

    assert (dict(vars(socket)), dict(vars(socket.socket))) == before
    a_socket()
    assert socket.gethostbyname("localhost")


def test_blocks_nest():
    with no_sockets() as outer:
        with no_sockets() as inner, pytest.raises(SocketUsed):
            a_socket()
        with pytest.raises(SocketUsed):
            a_socket()

    a_socket()
    assert (len(outer), len(inner)) == (2, 1)


def test_what_needs_no_network_goes_on():
    with no_sockets() as attempts:
        assert socket.gethostname()
        assert re.compile("x").match("x")

    assert attempts == []
