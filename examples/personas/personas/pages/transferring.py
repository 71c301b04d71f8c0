"""Personas as files: one, some or all of them to keep, and files that are read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.utils.http import content_disposition_header
from django.views.generic import FormView, View

from personas.access import personas_of
from personas.pages.frame import AuthorMixin, PersonaMixin
from personas.reading import Reading
from personas.schema import schema_of
from personas.transfer import TransferError, file_name, from_document, read_document, to_document

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest, HttpResponse

    from personas.models import Persona

__all__ = ["ExportMany", "ExportOne", "Import"]

#: Bytes of a file that is read.
MOST_BYTES = 5 * 1024 * 1024
#: Names that a message tells.
TOLD = 5


class ExportOne(PersonaMixin, View):
    """One persona as a file."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give the file, which is called as the persona is."""
        return as_file(self.persona.name, [self.persona])


class ExportMany(AuthorMixin, View):
    """The personas that were chosen as one file, or all of the author's."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Give the file."""
        personas = personas_of(self.author).order_by("name", "pk")
        if request.GET.get("what") != "all":
            personas = personas.filter(pk__in=[key for key in request.GET.getlist("id") if is_key(key)])
        found = list(personas)
        if not found:
            messages.warning(request, "Choose the personas to export first, with the boxes beside them.")
            return redirect("personas:list")
        return as_file("personas", found)


def is_key(text: str) -> bool:
    """Tell whether a text can be the number of a persona."""
    return text.isascii() and text.isdecimal() and len(text) < 19


def as_file(name: str, personas: Iterable[Persona]) -> HttpResponse:
    """Return personas as a file to keep."""
    written = {"indent": 2, "ensure_ascii": False}
    response = JsonResponse(to_document(*personas), json_dumps_params=written)
    response.headers["Content-Disposition"] = content_disposition_header(True, file_name(name))
    return response


class ImportForm(forms.Form):
    """A file that was exported."""

    file = forms.FileField(
        label="File", widget=forms.FileInput(attrs={"accept": ".json,application/json"}), allow_empty_file=False
    )

    def clean_file(self) -> UploadedFile:
        """Refuse a file that nobody has exported from here."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            most = filesizeformat(MOST_BYTES)
            raise ValidationError(f"This file has {filesizeformat(file.size)}. Use one of at most {most}.")
        return file


class Import(AuthorMixin, FormView):
    """Reading a file: all personas in it become the author's, or none does and the page says why."""

    template_name = "personas/import.html"
    form_class = ImportForm
    section = "personas"

    def form_valid(self, form: ImportForm) -> HttpResponse:
        """Store the personas and say so, or show what is wrong."""
        try:
            made = from_document(self.author, read_document(form.cleaned_data["file"].read()))
        except TransferError as error:
            return self.render_to_response(self.get_context_data(form=form, refused=self.refused(error)), status=422)
        messages.success(self.request, said(made))
        return redirect("personas:persona", made[0].pk) if len(made) == 1 else redirect("personas:list")

    def refused(self, error: TransferError) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return what is wrong, by persona: what each thing is about, in words, and the message."""
        labels = {name: each.label for name, each in Reading(schema_of(self.author)).characteristics.items()}
        found: dict[str, list[tuple[str, str]]] = {}
        for problem in error.problems:
            about = labels.get(problem["attribute"], problem["attribute"]) or problem["field"] or ""
            found.setdefault(_who(problem), []).append((about, problem["message"]))
        return list(found.items())


def _who(problem: dict[str, Any]) -> str:
    """Return which persona of the file a problem is of."""
    if problem["persona"] is None:
        return "The file"
    number = f"Persona {problem['persona'] + 1}"
    return f"{number}, {problem['name']}" if problem["name"] else number


def said(made: list[Persona]) -> str:
    """Return what has been imported, in words."""
    names = ", ".join(f"“{each.name}”" for each in made[:TOLD])
    more = f" and {len(made) - TOLD} more" if len(made) > TOLD else ""
    return f"{names}{more} {'has' if len(made) == 1 else 'have'} been imported."
