"""Forms as doors: a person opens a page, types a document into it, and sends it.

A door is as in :mod:`tests.django.doors`, but takes texts, and has fields for what the schema defines and for nothing
else. What is refused is raised as :class:`~tests.django.doors.Refused`, with the problems that the person is shown.
"""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Model
from django.forms import inlineformset_factory, modelform_factory, modelformset_factory
from landregistry.models import Party

from jsonattrs_django.forms import AttributeModelForm
from tests.django.doors import Door, Refused
from tests.django.pages.forms import Page

__all__ = ["FORM_DOORS", "form_class", "form_door", "shown_problems", "typed"]

#: Every door of a form by its name.
FORM_DOORS: dict[str, Door] = {}


def form_door(name, **kind):
    """Enter a function as a door of a form."""

    def enter(function):
        FORM_DOORS[name] = Door(name, function, **kind)
        return function

    return enter


def form_class(model, **options):
    """Return the form of a model of :class:`~tests.django.doors.Place`."""
    fields = ["project", "type", "name", "attrs"] if model is Party else ["team", "kind", "title", "attrs"]
    return modelform_factory(model, AttributeModelForm, fields=fields, **options)


# ---- typing ----


def typed(value: Any) -> str:
    """Return the text that a person types for a JSON value; of several values, a line for each."""
    if isinstance(value, list):
        return "\n".join(map(typed, value))
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, Model):
        return str(value.pk)
    return json.dumps(value)


def type_into(data, document, prefix=""):
    """Put a document into what a browser posts, as if a person had typed it."""
    for name, value in document.items():
        several = isinstance(value, list) and name == "agents"
        data.setlist(f"{prefix}attrs__{name}", [typed(item) for item in value] if several else [typed(value)])
    return data


def columns(place, name, prefix=""):
    """Return what is posted for the columns of a record."""
    values = {name: getattr(value, "pk", value) for name, value in place.values(name).items()}
    return {f"{prefix}{name}": str(value) for name, value in {**values, place.label: name}.items()}


def filled(page, place, document, name, prefix=""):
    data = page.posted()
    for column, text in columns(place, name, prefix).items():
        data[column] = text
    return type_into(data, document, prefix)


# ---- what came of it ----


def shown_problems(form):
    """Yield the problems that a form shows at its attributes, as (path, code)."""
    for html_name, errors in form.errors.as_data().items():
        name = html_name.partition("attrs__")[2]
        for error in errors:
            place = (error.params or {}).get("place")
            path = (name,) if name else ()
            yield (*path, place - 1) if place else path, error.code


def kept(form):
    """Save a form, or say what it refuses; return the key of its record."""
    if not form.is_valid():
        raise Refused([*shown_problems(form)])
    return form.save().pk


def kept_set(formset, place):
    """Save a set of forms, or say what it refuses; return the key of the record of its last form."""
    if not formset.is_valid():
        raise Refused([problem for form in formset.forms for problem in shown_problems(form)])
    formset.save()
    return formset.forms[place].instance.pk


# ---- the doors ----


@form_door("form")
def _form(place, document):
    kind = form_class(place.model)
    return kept(kind(filled(Page(kind()), place, document, "new")))


@form_door("form-again", is_update=True, is_partial=True)
def _form_again(place, document):
    kind = form_class(place.model)
    old = place.existing()
    data = type_into(Page(kind(instance=old)).posted(), document)
    return kept(kind(data, instance=place.model.objects.get(pk=old.pk)))


@form_door("form-of-a-program", is_update=True, is_partial=True)
def _form_of_a_program(place, document):
    """No page was opened: what is posted is all that is mentioned."""
    old = place.existing()
    data = Page(form_class(place.model)(instance=old)).posted()
    for name in [*data]:
        if name.startswith("attrs"):
            del data[name]
    type_into(data, document)
    return kept(form_class(place.model)(data, instance=place.model.objects.get(pk=old.pk)))


@form_door("formset", is_bulk=True)
def _formset(place, document):
    kind = modelformset_factory(place.model, form=form_class(place.model), extra=2)
    old = place.existing()
    rows = place.model.objects.filter(pk=old.pk)
    data = filled(Page(kind(queryset=rows)), place, document, "new", "form-1-")
    return kept_set(kind(data, queryset=rows), 1)


@form_door("formset-again", is_bulk=True, is_update=True, is_partial=True)
def _formset_again(place, document):
    kind = modelformset_factory(place.model, form=form_class(place.model), extra=1)
    keys = [place.existing("one").pk, place.existing("two").pk]
    rows = place.model.objects.filter(pk__in=keys).order_by("pk")
    data = type_into(Page(kind(queryset=rows)).posted(), document, "form-1-")
    return kept_set(kind(data, queryset=rows), 1)


def _inline(place, **options):
    owner = next(iter(place.owner.values()))
    return owner, inlineformset_factory(type(owner), place.model, form=form_class(place.model), **options)


@form_door("inline-formset", is_bulk=True)
def _inline_formset(place, document):
    place.existing()
    owner, kind = _inline(place, extra=1)
    prefix = f"{kind.get_default_prefix()}-1-"
    data = filled(Page(kind(instance=owner)), place, document, "new", prefix)
    return kept_set(kind(data, instance=owner), 1)


@form_door("inline-formset-again", is_bulk=True, is_update=True, is_partial=True)
def _inline_formset_again(place, document):
    place.existing("one")
    place.existing("two")
    owner, kind = _inline(place, extra=1)
    rows = place.model.objects.order_by("pk")
    data = type_into(Page(kind(instance=owner, queryset=rows)).posted(), document, f"{kind.get_default_prefix()}-1-")
    return kept_set(kind(data, instance=owner, queryset=rows), 1)
