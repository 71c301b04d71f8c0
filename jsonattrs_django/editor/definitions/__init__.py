"""The form of one definition: what an attribute is, or what a scope changes about an inherited one.

The form is made of parts, one for each property. A part whose controls are as they were shown leaves the property
exactly as it is, so that a definition which the form cannot express is not lost by opening it.
"""

from __future__ import annotations

from jsonattrs_django.editor.definitions.form import DefinitionForm
from jsonattrs_django.editor.definitions.source import Origin, Source, Term

__all__ = ["DefinitionForm", "Origin", "Source", "Term"]
