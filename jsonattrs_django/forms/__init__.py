"""Forms: a field for each attribute, from the schemas of the scope that the form is in."""

from __future__ import annotations

from jsonattrs_django.forms.formsets import BaseAttributeFormSet, BaseAttributeInlineFormSet
from jsonattrs_django.forms.making import form_field
from jsonattrs_django.forms.mixin import AttributeFormMixin
from jsonattrs_django.forms.models import AttributeModelForm
from jsonattrs_django.forms.plain import AttributeForm

__all__ = [
    "AttributeForm",
    "AttributeFormMixin",
    "AttributeModelForm",
    "BaseAttributeFormSet",
    "BaseAttributeInlineFormSet",
    "form_field",
]
