"""What makes a form one of attributes, too."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.utils import ErrorDict
from django.utils.translation import gettext

from jsonattrs_core import Problem, render
from jsonattrs_django.forms.asking import REFRESH, asked
from jsonattrs_django.forms.bound import SHOWN
from jsonattrs_django.forms.groups import Group, grouped
from jsonattrs_django.forms.labels import LABEL, is_djangos_own, label_html
from jsonattrs_django.forms.problems import problem_error
from jsonattrs_django.forms.warned import WarnedForm
from jsonattrs_django.texts import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.utils.safestring import SafeString

    from jsonattrs_django.forms.section import Section

__all__ = ["AttributeFormMixin"]

_NOT_GIVEN = object()


class AttributeFormMixin(WarnedForm):
    """Adds a field for each visible attribute to a form, named ``<field>__<name>``.

    ``user`` is the one whose permissions count, None for the program itself; a class may say so as `attribute_user`.
    The attributes are those of the scope that the form's selector fields say, so that they may be others in a form that
    was posted than in one that was opened.
    """

    template_name = template_name_div = "jsonattrs/forms/form.html"  # the latter is shown by sets of forms
    attribute_user: Any = None

    class Media:
        """The script, without which the form works as well, and the few rules that its layout needs."""

        css = {"all": ["jsonattrs/forms.css"]}  # noqa: RUF012 - in the form that Django reads
        js = ["jsonattrs/forms.js"]  # noqa: RUF012 - the same

    def __init__(self, *args: Any, user: Any = _NOT_GIVEN, **kwargs: Any) -> None:
        if user is not _NOT_GIVEN:
            self.attribute_user = user
        self._sections: list[Section] = []
        #: Names of the fields that a program has taken out of the form, and that it has disabled, in any scope.
        self._taken_out: set[str] = set()
        self._disabled: set[str] = set()
        self._is_settling = True
        super().__init__(*args, **kwargs)
        self.asked = asked(self.data) if self.is_bound else None  #: what the post asks for, None if it is to be saved
        #: Why the engine refused, as it gave it.
        self.attribute_problems: tuple[Problem, ...] = ()
        self._is_settling = False

    # ---- the fields ----

    @property
    def fields(self) -> dict[str, Any]:
        """The form's fields, those of the attributes included, for the scope that it is in now."""
        if not self._is_settling:
            self._is_settling = True
            try:
                self.settle()
            finally:
                self._is_settling = False
        return self._fields

    @fields.setter
    def fields(self, fields: dict[str, Any]) -> None:
        self._fields = fields

    def _lock(self) -> None:
        """Let the form keep the fields that it has now: cleaning it may change what they depend on."""
        if not self._is_settling:
            self.fields  # noqa: B018 - it settles them
            self._is_settling = True
            self._respect_program()

    def _respect_program(self) -> None:
        """Take note of the fields that a program has taken out of the form, or disabled, since they were put in."""
        for section in self._sections:
            out, disabled = section.taken_away(self._fields)
            self._taken_out |= out
            self._disabled |= disabled
            section.keep(self._taken_out, self._disabled)

    def settle(self) -> None:
        """Put the sections into the form that it should have: each kind of form takes them from somewhere else."""
        raise NotImplementedError(f"{type(self).__name__}.settle() has to say where the attributes come from")

    def _replace_sections(self, sections: Iterable[Section], places: Mapping[str, int]) -> None:
        """Take the fields of the sections that there are out of the form, and put others in.

        A field that the form declares itself stays, and the form says nothing of the attribute of its name.
        """
        self._respect_program()
        for section in self._sections:
            for name in (*section.fields, _hidden_name(section)):
                self._fields.pop(name, None)
                self._bound_fields_cache.pop(name, None)
        self._sections = list(sections)
        for section in self._sections:
            section.enter(self)
            section.keep(self._taken_out | self._fields.keys(), self._disabled)
            own = {**section.fields, _hidden_name(section): SHOWN.of(section)}
            place = places.get(section.name, len(self._fields))
            known = list(self._fields.items())
            self._fields = {**dict(known[:place]), **own, **dict(known[place:])}

    def section_of(self, name: str) -> Section:
        """Return the section that has a field."""
        return next(section for section in self._sections if name in section.fields)

    # ---- what it shows ----

    @property
    def attribute_groups(self) -> list[Group]:
        """The attributes in their groups: of each, its ``title`` and its bound ``fields``."""
        return grouped(each for each in self._attribute_bound_fields() if not each.is_hidden)

    def _attribute_bound_fields(self) -> Iterable[Any]:
        fields = self.fields
        return [
            self[name]
            for section in self._sections
            for name, field in section.fields.items()
            if fields.get(name) is field
        ]

    @property
    def native_fields(self) -> list[Any]:
        """The bound fields that can be seen and are no attributes."""
        fields = self.fields
        own = {name for section in self._sections for name in section.fields}
        return [self[name] for name in fields if name not in own and not self[name].is_hidden]

    @property
    def attribute_notices(self) -> list[str]:
        """Why attributes are missing from the form."""
        return []

    @property
    def can_be_updated(self) -> bool:
        """Tell whether other attributes may be shown when something else is chosen or typed."""
        return any(section.prototypes.watched for section in self._sections)

    @property
    def attributes_id(self) -> str:
        """What tells the attributes of this form from those of other forms in the page."""
        return str(self.add_prefix("attributes"))

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What was posted for attributes that the form does not show now, to be there when it shows them again."""
        if not self.asked:
            return []
        shown = {self.add_prefix(name) for name in self.fields}
        starts = tuple(f"{self.add_prefix(section.name)}__" for section in self._sections)
        names = [name for name in self.data if name not in shown and starts and name.startswith(starts)]
        getlist = getattr(self.data, "getlist", lambda name: [self.data[name]])
        return [
            (name, str(value)) for name in names if not name.endswith(("-search", "-shown")) for value in getlist(name)
        ]

    def render_attributes(self) -> SafeString:
        """Return the attributes as HTML, in their groups."""
        return self.render("jsonattrs/forms/attributes.html", {"form": self})

    @cached_property
    def _has_djangos_labels(self) -> bool:
        return is_djangos_own(self.renderer)

    def render(self, template_name: Any = None, context: Any = None, renderer: Any = None) -> SafeString:
        """Return what a template makes of the form, or of a part of it."""
        if template_name == LABEL and renderer is None and self._has_djangos_labels:
            return label_html(context)
        rendered: SafeString = super().render(template_name, context, renderer)
        return rendered

    # ---- the verdict ----

    def is_valid(self) -> bool:
        """Tell whether the form may be saved; never where it is only asked."""
        return not self.asked and bool(super().is_valid())

    def full_clean(self) -> None:
        """Decide on what was posted; say nothing where only the form is asked for."""
        self._lock()
        if self.asked == REFRESH:
            self._errors = ErrorDict(renderer=self.renderer)
            self.cleaned_data: dict[str, Any] = {}
            return
        super().full_clean()
        if self.asked:
            self.cleaned_data.pop(DELETION_FIELD_NAME, None)  # a set of forms does not ask those that are to go

    @property
    def changed_data(self) -> list[str]:
        """The names of the fields whose values were changed."""
        return [name for name, field in self._bound_items() if field._has_changed()]

    def _clean_fields(self) -> None:
        """Clean the other fields as ever, and take the values that were read for the attributes."""
        fields = self.fields
        own = {name: section for section in self._sections for name in section.fields}
        hidden = {_hidden_name(section) for section in self._sections}
        self._fields = {name: fields[name] for name in fields if name not in own and name not in hidden}
        try:
            super()._clean_fields()
        finally:
            self._fields = fields
        for html_name, section in own.items():
            self._take(html_name, section)

    def _take(self, html_name: str, section: Section) -> None:
        name = self._fields[html_name].name
        try:
            if name in section.errors:
                raise section.errors[name]
            value = section.changed[name] if name in section.changed else section.initial_of(name)
            self.cleaned_data[html_name] = value
            field = self._fields[html_name]
            if field.required and not field.is_demanded and value is None:  # the form's own wish
                raise ValidationError(field.error_messages["required"], code="required")
            clean = getattr(self, f"clean_{html_name}", None)
            if clean is not None:
                self.cleaned_data[html_name] = section.replaced(name, clean())
        except ValidationError as error:
            self.add_error(html_name, error)

    def _clean_form(self) -> None:
        """Let the form's own `clean` have its say, and take what it has made of the attributes."""
        super()._clean_form()
        for section in self._sections:
            for html_name, field in section.fields.items():
                if html_name in self.cleaned_data:
                    section.replaced(field.name, self.cleaned_data[html_name])

    def add_problems(self, section: Section, problems: Iterable[Problem]) -> None:
        """Show problems at the attributes that they are of, and the others above the form."""
        given = tuple(problems)
        self.attribute_problems += given
        for problem in given:
            name = str(problem.path[0]) if problem.path else ""
            if name in section.errors:
                continue  # it cannot be read, which has been said
            html_name = section.html_name(name)
            if html_name in self._fields:
                self.add_error(html_name, problem_error(problem))
            else:
                self.add_error(None, self._elsewhere(problem, section))

    def _elsewhere(self, problem: Problem, section: Section) -> ValidationError:
        """Return the error of an attribute that the form does not show, named only if the user may see it."""
        if not problem.path:
            return refusal(problem)
        label = section.label_of(str(problem.path[0]))
        if label is None:
            return ValidationError(
                gettext("An attribute that you cannot see here is refused: %(text)s"),
                code=problem.code,
                params={"text": render(problem, section.language)},
            )
        return ValidationError(
            gettext("%(label)s: %(text)s"), code=problem.code, params={"label": label, "text": _text(problem)}
        )


def _hidden_name(section: Section) -> str:
    return f"{section.name}-shown"


def _text(problem: Problem) -> str:
    return str(refusal(problem).params["text"])
