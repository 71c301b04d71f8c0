"""The form of one of an author's own characteristics: what it is called, of what kind it is, and what it may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from jsonattrs_core import UNSET, Attribute
from personas.characteristics import OWN_GROUP, choices_of, title_of
from personas.pages.piece_forms import PlainTextField
from personas.schema import GROUPS

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["KINDS", "CharacteristicForm", "kind_of"]

_MOST_CHOICES = 100
_LONGEST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of characteristic, in words that need no explanation."""

    label: str
    properties: Mapping[str, Any]  #: what an attribute of the kind has
    asks: tuple[str, ...] = ()  #: the fields of the form that are about it alone


KINDS: Mapping[str, Kind] = {
    "rating": Kind(
        label="A rating from 1 to 10",
        properties={"type": "integer", "subtype": "rating", "constraints": {"min": 1, "max": 10}},
    ),
    "choice": Kind(label="One of several choices", properties={"type": "text"}, asks=("choices",)),
    "choices": Kind(label="Any of several choices", properties={"type": "text", "multiple": True}, asks=("choices",)),
    "text": Kind(label="A few words", properties={"type": "text", "constraints": {"max_length": 200}}),
    "lines": Kind(
        label="A longer text", properties={"type": "text", "constraints": {"multiline": True, "max_length": 4_000}}
    ),
    "number": Kind(label="A whole number", properties={"type": "integer"}, asks=("lowest", "highest")),
    "boolean": Kind(label="Yes or no", properties={"type": "boolean"}),
    "date": Kind(label="A date", properties={"type": "date"}),
}


def kind_of(attribute: Attribute) -> str:
    """Return the kind of an attribute; of one that came some other way than by the form, what is most like it."""
    if attribute.subtype == "rating":
        return "rating"
    if attribute.choices not in (UNSET, None):
        return "choices" if attribute.multiple is True else "choice"
    if attribute.type == "text":
        return "lines" if (attribute.constraints or {}).get("multiline") else "text"
    return {"integer": "number"}.get(str(attribute.type), str(attribute.type))


class CharacteristicForm(forms.Form):
    """A new characteristic, or one that is there (``held``), whose kind stays as it is."""

    label = forms.CharField(
        label="What it is called", max_length=60, error_messages={"required": "Say what it is called."}
    )
    kind = forms.ChoiceField(label="Kind", choices=[(name, kind.label) for name, kind in KINDS.items()])
    choices = PlainTextField(
        label="Choices",
        help_text="One on each line. What is taken away later stays with the personas that have it.",
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    lowest = forms.IntegerField(label="Lowest", required=False, min_value=-(10**9), max_value=10**9)
    highest = forms.IntegerField(label="Highest", required=False, min_value=-(10**9), max_value=10**9)
    group = forms.ChoiceField(label="Section", choices=[(name, title_of(name)) for name in (OWN_GROUP, *GROUPS)])
    help_text = forms.CharField(
        label="What it means",
        help_text="Shown beside it, and told to the language model.",
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, held: Attribute | None = None, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.held = held
        if held is not None:
            self.initial = {**_initial(held), **self.initial}
            self._keep_kind(kind_of(held))

    def _keep_kind(self, name: str) -> None:
        kind = KINDS.get(name)
        asks = kind.asks if kind is not None else ()
        for each in ("kind", "choices", "lowest", "highest"):
            if each not in asks:
                del self.fields[each]

    @property
    def kind_name(self) -> str:
        """The kind that was chosen, or that is kept."""
        return str(self.cleaned_data.get("kind", "")) if self.held is None else kind_of(self.held)

    def clean_choices(self) -> list[str]:
        """Return the choices, each once."""
        lines = (line.strip() for line in self.cleaned_data["choices"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def clean(self) -> None:
        """See to what the kind needs."""
        super().clean()
        kind = KINDS.get(self.kind_name)
        asks = kind.asks if kind is not None else ()
        if "choices" in asks and not self.errors.get("choices"):
            self._check_choices(self.cleaned_data["choices"])
        low, high = self.cleaned_data.get("lowest"), self.cleaned_data.get("highest")
        if "highest" in asks and None not in (low, high) and low > high:
            self.add_error("highest", ValidationError(f"Use a number that is not below {low}.", code="order"))

    def _check_choices(self, choices: list[str]) -> None:
        said = ""
        if not choices:
            said = "Say what there is to choose from, one on each line."
        elif len(choices) > _MOST_CHOICES:
            said = f"Use at most {_MOST_CHOICES} choices; these are {len(choices)}."
        elif any(len(each) > _LONGEST for each in choices):
            said = f"Use at most {_LONGEST} characters for a choice."
        if said:
            self.add_error("choices", ValidationError(said, code="choices"))

    def attribute(self) -> Attribute:
        """Return what was said, as an attribute that has no name yet, or the one that is there with what is new."""
        given, kind = self.cleaned_data, KINDS.get(self.kind_name)
        properties = dict(self.held.given if self.held is not None else KINDS[self.kind_name].properties)
        properties |= {"label": given["label"], "group": given["group"], "help_text": given["help_text"] or UNSET}
        asks = kind.asks if kind is not None else ()
        if "choices" in asks:
            properties["choices"] = choices_of(given["choices"], _choices(self.held))
        if "lowest" in asks:
            properties["constraints"] = _limits(given["lowest"], given["highest"])
        return Attribute(**properties)


def _limits(lowest: int | None, highest: int | None) -> dict[str, int]:
    return {name: value for name, value in (("min", lowest), ("max", highest)) if value is not None}


def _choices(held: Attribute | None) -> tuple[Any, ...]:
    return held.choices if held is not None and isinstance(held.choices, tuple) else ()


def _initial(held: Attribute) -> dict[str, Any]:
    limits = held.constraints if isinstance(held.constraints, dict) else {}
    return {
        "label": held.label,
        "group": held.group,
        "help_text": held.help_text if held.help_text is not UNSET else "",
        "choices": "\n".join(str(each.value) for each in _choices(held) if not each.retired),
        "lowest": limits.get("min"),
        "highest": limits.get("max"),
    }
