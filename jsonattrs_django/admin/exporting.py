"""Actions of the list of records that give the selected ones as a file."""

from __future__ import annotations

import tempfile
from importlib.util import find_spec
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets
from django.http import FileResponse

from jsonattrs_django.admin.names import attribute_fields
from jsonattrs_django.admin.sections import Place
from jsonattrs_django.exchange import ExchangeError, Export, write_records
from jsonattrs_django.exchange.natives import every_column

__all__ = ["exported_file", "names_of_exports"]

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/jsonl",
}


def names_of_exports(model: Any) -> list[str]:
    """Return the names of the actions that an admin of a model has; none for one with several attribute fields."""
    if len(attribute_fields(model)) != 1:
        return []
    formats = ["csv", *(["xlsx"] if find_spec("openpyxl") else []), "jsonl"]
    return [f"export_as_{form}" for form in formats]


def exported_file(model_admin: Any, request: Any, queryset: Any, form: str) -> Any:
    """Return the response that holds the records, None where they cannot be written; then a message says why.

    It has the columns that the admin's form shows, and the attributes that the user may see; what the form leaves out
    is left out.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        # Spreadsheets take this encoding for what it is.
        write_records(_export(model_admin, request, queryset), file, form, encoding="utf-8-sig")
    except BaseException as error:
        file.close()
        if not isinstance(error, ExchangeError):
            raise
        model_admin.message_user(request, str(error), messages.ERROR)
        return None
    file.seek(0)
    name = f"{model_admin.opts.model_name}.{form}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=_TYPES[form])


def _export(model_admin: Any, request: Any, queryset: Any) -> Export:
    shown = flatten_fieldsets(model_admin.get_fieldsets(request))
    names = {str(name) for name in shown} - {str(name) for name in model_admin.get_exclude(request) or ()}
    columns = [each.path for each in every_column(model_admin.model) if each.path in names or each.field.primary_key]
    places = [entry for entry in shown if isinstance(entry, Place)]
    export = Export(queryset, columns=columns, user=request.user)
    export.names = [name for name in export.names if any(place.has(name) for place in places)]
    return export
