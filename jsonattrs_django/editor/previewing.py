"""The preview: the form that those who edit records will get, and what would be stored for what they type.

It is asked like any form of attributes, and never saves anything.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.utils.translation import get_language, get_language_bidi, override

from jsonattrs_core import render
from jsonattrs_django.editor.drafts import standing_for
from jsonattrs_django.editor.effective import Effective
from jsonattrs_django.editor.phrases import local_title
from jsonattrs_django.editor.trying import Trial
from jsonattrs_django.editor.values import readings, stored_texts
from jsonattrs_django.forms import AttributeForm, form_field
from jsonattrs_django.forms.asking import REFRESH
from jsonattrs_django.registry import registry

if TYPE_CHECKING:
    from django.http import HttpRequest, QueryDict
    from django.utils.safestring import SafeString

    from jsonattrs_core import ComposedSchema
    from jsonattrs_django.editor.drafts import Draft

__all__ = ["LANGUAGE", "OTHER_LANGUAGE", "Preview", "Stored", "beside"]

#: The parameters that say in which language the form is, and in which it is to be from now on.
LANGUAGE, OTHER_LANGUAGE = "_language", "_to"


class Stored(NamedTuple):
    """What would be stored for one attribute."""

    label: str
    texts: list[str]  #: none for nothing
    reads: list[str]  #: how it reads, none where it reads as it is stored


class Preview:
    """The form of a draft in one of the site's languages.

    ``data`` is what was posted. There is no form where the schema has faults.
    """

    def __init__(self, effective: Effective, user: Any, data: QueryDict | None = None, language: str = "") -> None:
        self.faults = effective.faults
        self._schema: ComposedSchema = effective.schema
        self._user = user
        given = language if data is None else data.get(LANGUAGE, "")
        self.language = given if given in dict(settings.LANGUAGES) else get_language() or settings.LANGUAGE_CODE
        other = None if data is None else data.get(OTHER_LANGUAGE)
        if other in dict(settings.LANGUAGES) and not self.faults:
            initial = self._typed(data)
            self.language, data = str(other), None
        else:
            initial = {}
        self.form = None if self.faults else self._form(data, initial)
        #: What was posted is to be decided on.
        self.is_checked = self.form is not None and self.form.is_bound and self.form.asked != REFRESH

    def _form(self, data: QueryDict | None, initial: dict[str, Any]) -> AttributeForm:
        with override(self.language):
            form = AttributeForm(data, schema=self._schema, initial=initial, user=self._user)
            form.fields  # noqa: B018 - they are made in this language
        return form

    def _typed(self, data: QueryDict | None) -> dict[str, Any]:
        """Return what was posted, by the names of the fields, for the same form in another language."""
        form = self._form(data, {})
        sections = {form.section_of(name).name: form.section_of(name) for name in form.fields if "__" in name}
        return {
            section.html_name(name): value
            for section in sections.values()
            for name, value in section.to_write().items()
        }

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to ask."""
        return not self._schema

    @property
    def languages(self) -> list[tuple[str, str]]:
        """The languages of the site: codes and names."""
        return [(code, local_title(code)) for code, _name in settings.LANGUAGES]

    @property
    def direction(self) -> str:
        """The direction in which the language is written, as HTML has it."""
        with override(self.language):
            return "rtl" if get_language_bidi() else "ltr"

    def render(self) -> SafeString:
        """Return the form as HTML."""
        if self.form is None:
            raise ValueError("there is no form of a schema with faults")
        with override(self.language):
            return self.form.render()

    # ---- what would be stored ----

    @property
    def is_refused(self) -> bool:
        """Tell whether what was posted is checked, and has problems."""
        return self.is_checked and self.form is not None and bool(self._errors)

    @cached_property
    def _errors(self) -> Any:
        with override(self.language):
            return self.form.errors if self.form is not None else {}

    @cached_property
    def stored(self) -> list[Stored] | None:
        """What would be stored for what was posted, None where that is not asked, or refused."""
        if not self.is_checked or self.form is None or self._errors:
            return None
        validator = self._schema.compile(registry())
        value = self.form.result.value
        with override(self.language):
            return [self._stored(name, value[name], document) for name, document in _documents(validator, value)]

    def _stored(self, name: str, value: Any, document: Any) -> Stored:
        shown = self.form.fields if self.form is not None else {}
        field = shown.get(f"attrs__{name}") or form_field(self._schema, name)
        texts = [] if document is None else stored_texts(document)
        reads = readings(field, value)
        return Stored(field.label, texts, [] if reads == texts else reads)

    @property
    def warnings(self) -> list[str]:
        """What rules say that refuse nothing."""
        if self.stored is None or self.form is None:
            return []
        return [render(problem, self.language) for problem in self.form.result.warnings]


def _documents(validator: Any, value: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(name, validator.dump_attribute(name, each)) for name, each in value.items()]


def beside(request: HttpRequest, draft: Draft) -> dict[str, Any]:
    """Return what the templates need that show, beside a draft, what comes of it."""
    effective = Effective(draft)
    return {
        "effective": effective,
        "preview": None if effective.is_large else Preview(effective, request.user),
        "trial": Trial(effective.schema, user=request.user),
        "stamp": stamp_of(draft, effective),
    }


def stamp_of(draft: Draft, effective: Effective) -> str:
    """Return characters that differ where what comes of a draft does."""
    return f"{effective.schema.fingerprint[:24]}{standing_for(draft.document)[:24]}"
