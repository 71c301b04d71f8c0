"""The forms of texts: what to write about, and the text itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import normalize_newlines

from personas.models import ContentPiece
from personas.tagging import clean_tags, set_tags

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["PieceForm", "PlainTextField", "TagsField"]


class PlainTextField(forms.CharField):
    """A text of several lines, which end as they are counted: browsers send two characters for each end."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """Return the text."""
        return super().to_python(normalize_newlines(value) if value else value)


class TagsField(forms.CharField):
    """Tags, with commas between them."""

    def prepare_value(self, value: str | Iterable[str] | None) -> str:
        """Return what the control shows, which is as it was typed where it comes back."""
        return value if isinstance(value, str) else ", ".join(value or ())

    def clean(self, value: Any) -> list[str]:
        """Return the tags."""
        return clean_tags(super().clean(value).split(","))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether other tags were typed."""
        return super().has_changed(self.prepare_value(initial), data)


class PieceForm(forms.ModelForm):
    """A text: its title, its body and its tags.

    ``seen`` says which state of the text the form was filled from. Where another one is stored by now, nothing is
    saved at first: the person reads what came in between, and saves once more if hers is to stay.
    """

    body = PlainTextField(
        required=False,
        max_length=ContentPiece._meta.get_field("body").max_length,
        help_text="Plain text. A blank line begins a new paragraph.",
    )
    tags = TagsField(required=False, help_text="Words to find it by, with commas between them.")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        """The title is the model's."""

        model = ContentPiece
        fields = ("title", "body")

    def __init__(self, *args: Any, instance: ContentPiece, **kwargs: Any) -> None:
        self.stored = {"title": instance.title, "body": instance.body}
        tags = [tag.name for tag in instance.tags.all()]
        given = {"tags": tags, "seen": _state(instance), **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, instance=instance, initial=given, label_suffix="", **kwargs)

    def clean(self) -> dict[str, Any]:
        """Refuse, once, what was typed over another state than the one that is stored."""
        if self.cleaned_data.get("seen") != self.initial["seen"]:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self.initial["seen"]
            self.add_error(None, ValidationError(_CHANGED, "changed"))
        return self.cleaned_data

    @property
    def is_late(self) -> bool:
        """Whether somebody else has saved the text since this form was opened."""
        return self.has_error(forms.forms.NON_FIELD_ERRORS, "changed")

    def save(self, commit: bool = True) -> ContentPiece:
        """Save the text and its tags."""
        piece = super().save(commit)
        set_tags(piece, self.cleaned_data["tags"])
        return piece


_CHANGED = (
    "This text has been saved in another window since you opened it here. What is stored now stands below. "
    "Save again to put yours in its place."
)


def _state(piece: ContentPiece) -> str:
    return piece.updated_at.isoformat()
