"""The form of a record and its attributes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.db.models.constants import LOOKUP_SEP
from django.forms.models import InlineForeignKeyField
from django.utils.translation import get_language

from jsonattrs_core import render
from jsonattrs_django.forms.meta import follow_meta
from jsonattrs_django.forms.mixin import AttributeFormMixin
from jsonattrs_django.forms.options import AttributeFormMetaclass, ChosenAttributes
from jsonattrs_django.forms.prototypes import Prototypes, prototypes_of
from jsonattrs_django.forms.section import Choosing, Section
from jsonattrs_django.messages import problem
from jsonattrs_django.pending import put
from jsonattrs_django.permissions import permitted
from jsonattrs_django.reading import with_edits
from jsonattrs_django.state import UNASSIGNED
from jsonattrs_django.texts import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonattrs_core import Problem
    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.schemas.scope import Scope

__all__ = ["AttributeModelForm"]

_UNKNOWN = object()


class _Judged(NamedTuple):
    """What a selector's field made of a value."""

    raw: Any
    offered: Any  #: what could be chosen
    clean: Any

    def holds(self, form_field: Any, raw: Any) -> bool:
        """Tell whether it is what the field says now: forms restrict their fields when they are made."""
        return raw == self.raw and _offered(form_field) is self.offered

    def clean_again(self, form_field: Any, raw: Any) -> Any:
        """Return what the field makes of a value, if possible without asking the database once more."""
        known = self.clean is not _UNKNOWN and self.holds(form_field, raw)
        return self.clean if known else type(form_field).clean(form_field, raw)


def _offered(form_field: Any) -> Any:
    return form_field.queryset if hasattr(form_field, "queryset") else getattr(form_field, "choices", None)


def _copied(instance: Model) -> Model:
    """Return a copy of a record, as ``copy`` does, but in less time, since nothing is looked up by its name."""
    model: Any = type(instance)
    new: Model = model.__new__(model)
    new.__dict__.update(instance.__getstate__())
    return new


class AttributeModelForm(AttributeFormMixin, forms.ModelForm, metaclass=AttributeFormMetaclass):
    """A model form with a field for each attribute that the record may have and the user may see.

    An attribute field is named in ``Meta.fields`` like any other, or single attributes of it: ``"attrs__score"``. The
    form of a new record takes its scope from its own selector fields, that of another one also from these.
    """

    chosen_attributes: tuple[ChosenAttributes, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._selected_before: list[Any] = [_UNKNOWN]
        self._notices: list[str] = []
        self._judged: dict[str, _Judged] = {}  # what was said of selectors, by the names of their columns
        super().__init__(*args, **kwargs)

    # ---- which attributes there are ----

    def settle(self) -> None:
        """Have the attributes of the scope that the selector fields say."""
        selected = [self._given(chosen.field) for chosen in self.chosen_attributes]
        if selected == self._selected_before:
            return
        self._selected_before = selected
        self._notices = []
        sections = [
            self._section(chosen, self._scope(chosen.field, given))
            for chosen, (given, _) in zip(self.chosen_attributes, selected, strict=True)
        ]
        places = {
            chosen.field.name: self._place(chosen) for chosen in self.chosen_attributes if chosen.after is not None
        }
        self._replace_sections([section for section in sections if section is not None], places)
        for section in self._sections:
            follow_meta(self._meta, section.fields)
        self._watch_selectors()

    def _place(self, chosen: ChosenAttributes) -> int:
        own = {name for section in self._sections for name in (*section.fields, f"{section.name}-shown")}
        return sum(1 for name in self._fields if name in (chosen.after or ()) and name not in own)

    def _given(self, field: JSONAttributeField) -> tuple[dict[Any, Any], Any]:
        """Return what the form says of the columns on which the scope depends, and what the instance says."""
        columns = dict.fromkeys(selector.column for selector in field.selectors)
        given = {column: value for column in columns if (value := self._selected(column)) is not _UNKNOWN}
        return given, field.columns_of(self.instance)

    def _scope(self, field: JSONAttributeField, given: dict[Any, Any]) -> Scope:
        """Return the scope of the record as the form has it."""
        if not given:
            return field.scope_of(self.instance)
        probe = _copied(self.instance)
        for column, value in given.items():
            is_key = column.is_relation and not isinstance(value, Model)
            setattr(probe, column.attname if is_key else column.name, value)
        return field.scope_of(probe)

    def _selected(self, column: Any) -> Any:
        """Return what the form says of a column on which the scope depends, unknown where it says nothing new."""
        form_field = self._fields.get(column.name)
        if form_field is None:
            return _UNKNOWN
        if isinstance(form_field, InlineForeignKeyField):
            return form_field.parent_instance
        held = getattr(self.instance, column.attname, None)
        if self.is_bound and not form_field.disabled:
            return self._posted_selector(column, form_field, held)
        initial = form_field.prepare_value(self.get_initial_for_field(form_field, column.name))
        if initial is None or initial == "" or initial == held:
            return _UNKNOWN
        return self._judgement(column.name, form_field, initial)

    def _posted_selector(self, column: Any, form_field: Any, held: Any) -> Any:
        html_name = self.add_prefix(column.name)
        if form_field.widget.value_omitted_from_data(self.data, self.files, html_name):
            return _UNKNOWN
        raw = form_field.widget.value_from_datadict(self.data, self.files, html_name)
        if raw is not None and held is not None and str(raw) == str(held):
            return _UNKNOWN
        return self._judgement(column.name, form_field, raw)

    def _judgement(self, name: str, form_field: Any, raw: Any) -> Any:
        """Return what a selector's field makes of a value; unknown of one that the user may not choose."""
        known = self._judged.get(name)
        if known is None or not known.holds(form_field, raw):
            try:
                clean = form_field.clean(raw)
            except ValidationError:
                clean = _UNKNOWN
            known = self._judged[name] = _Judged(raw, _offered(form_field), clean)
        return known.clean

    def _watch_selectors(self) -> None:
        """Have the script ask for other attributes when a selector is chosen."""
        for chosen in self.chosen_attributes:
            for selector in chosen.field.selectors:
                form_field = self._fields.get(selector.column.name)
                if form_field is not None:
                    widget = form_field.widget
                    # The admin wraps widgets of relations in one that adds buttons, and shows no attributes of its own.
                    getattr(widget, "widget", widget).attrs["data-attributes-refresh"] = ""

    @property
    def can_be_updated(self) -> bool:
        """Tell whether other attributes may be shown when something else is chosen or typed."""
        columns = (selector.column.name for chosen in self.chosen_attributes for selector in chosen.field.selectors)
        return any(name in self._fields for name in columns) or bool(super().can_be_updated)

    def _section(self, chosen: ChosenAttributes, scope: Scope) -> Section | None:
        """Return the part of the form for one attribute field, None where nothing of it can be written at all."""
        field, instance = chosen.field, self.instance
        if field.attname not in instance.__dict__:  # it is deferred
            getattr(instance, field.attname)
        state = with_edits(field, instance)
        refusal = scope.refusal() or (problem((), "type", "broken") if state.document.is_broken else None)
        prototypes = prototypes_of(scope.compiled, scope.schema)
        if refusal is not None or prototypes is None:
            self._notices += [render(refusal, get_language())] if refusal is not None else []
            return None
        known = permitted(self.attribute_user, "view", field, scope.schema)
        names = chosen.names(known)
        changeable = names & permitted(self.attribute_user, "change", field, scope.schema)
        document = state.current()
        values = self._values(field, scope)
        return Section(
            field.name,
            prototypes,
            Choosing(names, changeable, self.attribute_user, known),
            values=values,
            begins=self._begins(field, prototypes, values),
            adding=instance._state.adding,
            audit=lambda: scope.usable.problems(document),
        )

    def _values(self, field: JSONAttributeField, scope: Scope) -> dict[str, Any]:
        """Return the typed values that the record has, by name, references as keys."""
        state = with_edits(field, self.instance)
        document, names = state.current(), scope.compiled.names
        values = scope.load(document)
        if self.instance._state.adding:  # what records stored long ago read as is no business of a new one
            values = {name: values[name] for key in document if (name := names.get(key)) is not None}
        if isinstance(state.assigned, dict):
            check = scope.usable.check_attribute
            known = {name: value for name, value in state.assigned.items() if name in scope.compiled.keys}
            values |= {name: check(name, value).value.get(name, value) for name, value in known.items()}
        return values

    def _begins(self, field: JSONAttributeField, prototypes: Prototypes, values: dict[str, Any]) -> dict[str, Any]:
        """Return what the form begins with: what a view or a link says, and the defaults of a new record."""
        start = f"{field.name}{LOOKUP_SEP}"
        given = {name.removeprefix(start): value for name, value in self.initial.items() if name.startswith(start)}
        given = {name: value for name, value in given.items() if name in prototypes.fields}
        if not self.instance._state.adding:
            return given
        return {**prototypes.defaults({**values, **given}), **values, **given}

    @property
    def attribute_notices(self) -> list[str]:
        """Why attributes are missing from the form."""
        self.fields  # noqa: B018 - it settles them
        return self._notices

    # ---- the verdict ----

    def _clean_fields(self) -> None:
        """Clean the fields, but for the selectors that were cleaned to find the schema."""
        judged = {self._fields[name]: known for name, known in self._judged.items() if name in self._fields}
        for field, known in judged.items():
            field.clean = partial(known.clean_again, field)
        try:
            super()._clean_fields()
        finally:
            for field in judged:
                del field.clean

    def _post_clean(self) -> None:
        super()._post_clean()
        for section in self._sections:
            field = self.instance._meta.get_field(section.name)
            self._put(field, section.to_write())
            try:
                field.clean(None, self.instance)
            except ValidationError as error:
                self.add_problems(section, error.problems)
        self._clean_without_section()

    def _warnings_of(self, section: Section) -> Iterable[Problem]:
        field = self.instance._meta.get_field(section.name)
        found: tuple[Problem, ...] = getattr(self.instance, field.attname).warnings()
        return found

    def _clean_without_section(self) -> None:
        """Refuse what no schema can check, above the form."""
        shown = {section.name for section in self._sections}
        for chosen in self.chosen_attributes:
            if chosen.field.name not in shown:
                try:
                    chosen.field.clean(None, self.instance)
                except ValidationError as error:
                    self.attribute_problems += tuple(error.problems)
                    self.add_error(None, [refusal(each) for each in error.problems])

    def save(self, commit: bool = True) -> Any:
        """Save the record. Raises ValueError where it was refused, and where the form was only asked."""
        if self.asked:
            raise ValueError("The form was only asked for what it would be: a view saves it if is_valid() says so.")
        return super().save(commit)

    save.alters_data = True  # type: ignore[attr-defined]  # Django's mark: templates do not call it

    def _put(self, field: JSONAttributeField, values: dict[str, Any]) -> None:
        """Set attributes of the record; of a new one all together, which are checked without being made JSON before."""
        instance = self.instance
        state = with_edits(field, instance)
        is_blank = state.assigned is UNASSIGNED and not state.changes and not state.document
        if is_blank and instance._state.adding and instance.pk is None:  # there may be a row with a key that is given
            setattr(instance, field.attname, values)
        else:
            put(field, instance, values)
