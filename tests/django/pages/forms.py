"""What a browser makes of a form: the page as a tree, what people read in it, and what is posted when they send it.

It is strict where browsers forgive: an element that is not closed, an attribute or an id given twice, or a name of no
HTML is an error, since that is what data that was not escaped leaves behind.
"""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from tests.django.stored import store

__all__ = ["Element", "Page", "codes", "posted", "read", "saved", "stands"]

_TAGS = """
    form fieldset legend label select option optgroup textarea datalist button output details summary
    div span p ul ol li table tbody thead tr th td strong em small code a h1 h2 h3 main html head body title script
"""
_ATTRIBUTES = """
    type name value id for class checked selected disabled multiple hidden rows cols step dir lang title
    inputmode autocomplete autocapitalize list open placeholder role formnovalidate spellcheck
    maxlength minlength pattern min max size required href src rel media method action enctype charset scope colspan
    aria-describedby aria-label aria-required aria-invalid aria-controls aria-live
    data-attribute data-attribute-signature data-attribute-messages data-mask data-attributes data-attributes-group
    data-attributes-update data-attributes-refresh data-attributes-search data-attributes-more
    label readonly data-ja-subtypes data-ja-place data-ja-term data-ja-made-of
    data-label data-example data-provider data-summary
"""
VOID = {"br", "hr", "img", "input", "link", "meta"}
TAGS = {*VOID, *_TAGS.split()}
ATTRIBUTES = {*_ATTRIBUTES.split()}

_MONTH = r"(?P<year>[0-9]{4,})-(?P<month>[0-9]{2})"
_CLOCK = r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(:(?P<second>[0-9]{2})(\.(?P<fraction>[0-9]{1,3}))?)?"
_NUMBER = re.compile(r"-?([0-9]+(\.[0-9]+)?|\.[0-9]+)([eE][-+]?[0-9]+)?")
_DAY = re.compile(f"{_MONTH}-(?P<day>[0-9]{{2}})")
_TIME = re.compile(_CLOCK)
_LOCAL = re.compile(f"{_MONTH}-(?P<day>[0-9]{{2}})[T ]{_CLOCK}")


class Element:
    """An element of a page."""

    def __init__(self, tag: str, attrs: dict[str, str], parent: Element | None) -> None:
        self.tag = tag
        self.attrs = attrs
        self.parent = parent
        self.inside: list[Element | str] = []

    def __getitem__(self, name: str) -> str:
        return self.attrs[name]

    def __contains__(self, name: str) -> bool:
        return name in self.attrs

    def __repr__(self) -> str:
        return f"<{self.tag} {self.attrs}>"

    def get(self, name: str, default: Any = None) -> Any:
        """Return an attribute."""
        return self.attrs.get(name, default)

    def walk(self) -> Any:
        """Yield the element and those inside it, in the order of the page."""
        yield self
        for each in self.inside:
            if isinstance(each, Element):
                yield from each.walk()

    def all(self, *tags: str, **attrs: str) -> list[Element]:
        """Return the elements of these names inside it, with these attributes; ``data_x`` is ``data-x``."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [
            each
            for each in self.walk()
            if (not tags or each.tag in tags) and all(each.get(name) == value for name, value in wanted.items())
        ]

    def one(self, *tags: str, **attrs: str) -> Element:
        """Return the one element of that kind."""
        (found,) = self.all(*tags, **attrs)
        return found

    @property
    def text(self) -> str:
        """All text inside it, as it stands there."""
        return "".join(each if isinstance(each, str) else each.text for each in self.inside)

    @property
    def words(self) -> str:
        """What people read in it: blanks are one blank."""
        return " ".join(self.text.split())

    def within(self, *tags: str) -> Element | None:
        """Return the nearest element of these names that it is in."""
        found = self.parent
        while found is not None and found.tag not in tags:
            found = found.parent
        return found

    @property
    def is_disabled(self) -> bool:
        """Tell whether a control is left out of what is posted."""
        if "disabled" in self:
            return True
        found, inner = self.parent, self
        while found is not None:
            legends = [each for each in found.inside if isinstance(each, Element) and each.tag == "legend"]
            if found.tag == "fieldset" and "disabled" in found and inner not in legends[:1]:
                return True
            found, inner = found.parent, found
        return False


class _Builder(HTMLParser):
    """Makes the tree, and refuses what is no plain HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.now = Element("", {}, None)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        names = [name for name, _ in attrs]
        assert tag in TAGS, f"<{tag}> at {self.getpos()}"
        assert len(set(names)) == len(names), f"{names} at {self.getpos()}"
        assert not set(names) - ATTRIBUTES, f"{set(names) - ATTRIBUTES} at {self.getpos()}"
        made = Element(tag, {name: "" if value is None else value for name, value in attrs}, self.now)
        self.now.inside.append(made)
        if tag not in VOID:
            self.now = made

    def handle_endtag(self, tag: str) -> None:
        assert self.now.tag == tag, f"</{tag}> in <{self.now.tag}> at {self.getpos()}"
        self.now = self.now.parent or self.root

    def handle_data(self, data: str) -> None:
        self.now.inside.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        assert decl.lower() == "doctype html"

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")


class Page(Element):
    """A page, or a part of one, as a browser has it."""

    def __init__(self, html: Any) -> None:
        super().__init__("", {}, None)
        sent = str(html).encode("utf-8").decode("utf-8")  # a page with half a character is never sent
        builder = _Builder()
        builder.feed(sent.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd"))
        builder.close()
        assert builder.now is builder.root, f"<{builder.now.tag}> is not closed"
        self.inside = builder.root.inside
        ids = [each["id"] for each in self.walk() if "id" in each]
        assert len(set(ids)) == len(ids), [each for each in set(ids) if ids.count(each) > 1]
        self._typed: dict[int, list[str]] = {}

    # ---- looking ----

    def controls(self, name: str) -> list[Element]:
        """Return the controls of that name, without buttons."""
        return [each for each in self.all("input", "select", "textarea", name=name) if each.get("type") != "submit"]

    @property
    def names(self) -> set[str]:
        """The names of all controls."""
        return {each["name"] for each in self.all("input", "select", "textarea") if "name" in each}

    def control(self, name: str) -> Element:
        """Return the only control of that name."""
        (found,) = self.controls(name)
        return found

    def shown(self, name: str) -> Any:
        """Return what a control holds: its text, or the texts of several."""
        texts = [text for control in self.controls(name) for text in self._texts(control)]
        control = self.controls(name)[0]
        several = "multiple" in control or len(self.controls(name)) > 1
        return texts if several else (texts[0] if texts else None)

    def options(self, name: str) -> dict[str, str]:
        """Return what may be chosen: what people read, by what is sent."""
        found: dict[str, str] = {}
        for control in self.controls(name):
            if control.tag == "select":
                found |= {_value(option): option.words for option in control.all("option")}
            elif control.get("type") in ("checkbox", "radio"):
                label = control.within("label") or self.one("label", for_=control["id"])
                found[control.get("value", "on")] = label.words
        return found

    def field(self, name: str) -> Element:
        """Return the part of the page that belongs to an attribute."""
        return self.one("div", data_attribute=name)

    def label(self, name: str) -> str:
        """Return what is said of a control to those who hear it."""
        control = self.control(name)
        return self.one("label", for_=control["id"]).words

    def described(self, name: str) -> str:
        """Return the texts that belong to a control, which exist."""
        ids = self.controls(name)[0].get("aria-describedby", "").split()
        return " ".join(self.one(id=each).words for each in ids)

    # ---- doing ----

    def fill(self, name: str, value: Any) -> Page:
        """Type a text, or choose options, as a person can."""
        texts = [value] if isinstance(value, str) else list(value)
        controls = self.controls(name)
        assert controls, f"no control {name}"
        assert not any(each.is_disabled for each in controls), f"{name} is disabled"
        kind = controls[0].get("type")
        if kind in ("checkbox", "radio"):
            assert set(texts) <= {each.get("value", "on") for each in controls}, f"{texts} cannot be ticked"
            for each in controls:
                self._typed[id(each)] = [text for text in texts if text == each.get("value", "on")]
            return self
        (control,) = controls
        if control.tag == "select":
            assert set(texts) <= self.options(name).keys(), f"{texts} are not offered"
            assert len(texts) == 1 or "multiple" in control
        elif control.tag == "input":
            assert kind != "hidden", f"{name} is hidden"
            assert [_sanitised(control, text) for text in texts] == texts, f"{texts} cannot be typed"
        self._typed[id(control)] = texts
        return self

    def posted(self, *press: str, form: Element | None = None) -> QueryDict:
        """Return what the page, or one form in it, sends, as Django reads it; ``press`` are a button's name and value.

        Without a button it is what a script sends. A button that is pressed must be there.
        """
        if press:
            assert any(not each.is_disabled for each in self.all("button", name=press[0], value=press[1])), "no button"
        pairs = [(name, text) for name, text in self._entries(form or self)] + ([press] if press else [])
        return QueryDict(urlencode([(_with_crlf(name), _with_crlf(text)) for name, text in pairs]), mutable=True)

    def _entries(self, form: Element) -> Any:
        for control in form.all("input", "select", "textarea"):
            if not control.get("name") or control.is_disabled or control.within("datalist"):
                continue
            if control.get("type") in ("submit", "button", "reset", "image", "file"):
                continue
            for text in self._texts(control):
                yield control["name"], text

    def _texts(self, control: Element) -> list[str]:
        if id(control) in self._typed:
            return self._typed[id(control)]
        if control.tag == "select":
            return _chosen(control)
        if control.tag == "textarea":
            return [control.text.removeprefix("\n")]
        if control.get("type") in ("checkbox", "radio"):
            return [control.get("value", "on")] if "checked" in control else []
        return [_sanitised(control, control.get("value", ""))]


def posted(form: Any, *press: str) -> QueryDict:
    """Return what a browser posts of a form that nobody touched."""
    return Page(form).posted(*press)


def _with_crlf(text: str) -> str:
    return re.sub("\r\n|\r|\n", "\r\n", text)


def _value(option: Element) -> str:
    found: str = option.get("value", option.words)
    return found


def _chosen(select: Element) -> list[str]:
    options = [each for each in select.all("option") if "disabled" not in each]
    chosen = [_value(each) for each in options if "selected" in each]
    if "multiple" in select:
        return chosen
    if not chosen and options:
        return [_value(options[0])]  # what a browser shows
    return chosen[-1:]


def _sanitised(control: Element, text: str) -> str:
    """Return what an input makes of its value (HTML, 4.10.5.1)."""
    kind = control.get("type", "text")
    if kind == "hidden":
        return text
    if kind == "date":
        return text if _is_day(_DAY.fullmatch(text)) else ""
    if kind == "time":
        return text if _is_time(_TIME.fullmatch(text)) else ""
    if kind == "datetime-local":
        found = _LOCAL.fullmatch(text)
        return _shortest(found) if found is not None and _is_day(found) and _is_time(found) else ""
    if kind == "number":
        return text if _NUMBER.fullmatch(text) else ""
    assert kind in ("text", "search", "tel", "url", "email", "password"), f"what does a browser do with {kind}?"
    text = text.replace("\n", "").replace("\r", "")
    return text.strip(" \t\n\f\r") if kind in ("url", "email") else text


def _is_day(found: Any) -> bool:
    if found is None:
        return False
    try:
        year = int(found["year"])
        date(year % 400 + 400 if year > 9999 else year, int(found["month"]), int(found["day"]))
    except ValueError:
        return False
    return True


def _is_time(found: Any) -> bool:
    return (
        found is not None and int(found["hour"]) < 24 and int(found["minute"]) < 60 and int(found["second"] or 0) < 60
    )


def _shortest(found: Any) -> str:
    """Return a local moment in as few characters as can be, as browsers do."""
    fraction = (found["fraction"] or "").rstrip("0")
    seconds = f":{found['second']}" if int(found["second"] or 0) or fraction else ""
    day = f"{found['year']}-{found['month']}-{found['day']}"
    return f"{day}T{found['hour']}:{found['minute']}{seconds}{'.' + fraction if fraction else ''}"


# ---- forms, from the program's side ----


def read(record: Any) -> Any:
    """Return a record as it is read anew."""
    return type(record)._base_manager.get(pk=record.pk)


def stands(model: Any, document: str = "{}", **columns: Any) -> Any:
    """Return a record that stands there with a document that no check has seen."""
    record = model(**columns)
    record.save_base(raw=True)
    store(record, document)
    return read(record)


def saved(data: Any, kind: Any, **options: Any) -> Any:
    """Save what was posted, and return the record."""
    form = kind(data, **options)
    assert form.is_valid(), form.errors
    return form.save()


def codes(form: Any) -> dict[str, list[str]]:
    """Return the codes of the errors that a form shows, by field."""
    return {name: [error.code for error in errors] for name, errors in form.errors.as_data().items()}
