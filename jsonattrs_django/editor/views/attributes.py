"""The page on which one attribute is defined, or an inherited one changed for a scope."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.conf import global_settings, settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from jsonattrs_core import JSONAttrsError, Schema, SchemaError
from jsonattrs_django.editor.access import context_of, url_for
from jsonattrs_django.editor.catalogue import entries
from jsonattrs_django.editor.definitions import DefinitionForm
from jsonattrs_django.editor.definitions.parts import Source
from jsonattrs_django.editor.drafts import key_of
from jsonattrs_django.editor.expressions import places_in
from jsonattrs_django.editor.words import label_in
from jsonattrs_django.registry import registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import HttpRequest

    from jsonattrs_django.editor.drafts import Draft

__all__ = ["add", "edit", "languages_of", "override"]

#: The parameter of the button that keeps a definition in the draft whatever is wrong with it.
ANYWAY = "_anyway"


def add(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Define a further attribute."""
    return _page(request, draft, _source(draft, {}, is_new=True))


def edit(request: HttpRequest, draft: Draft, key: str) -> HttpResponse:
    """Edit an attribute that the scope defines. Raises Http404 where it does not."""
    definition = draft.definition(key)
    if definition is None:
        raise Http404(_("The schema does not define this attribute."))
    if key in draft.inherited_keys:
        return override(request, draft, key)
    return _page(request, draft, _source(draft, definition))


def override(request: HttpRequest, draft: Draft, key: str) -> HttpResponse:
    """Change an inherited attribute for the scope. Raises Http404 where it is not inherited, or locked."""
    inherited = next((each for each in draft.inherited.values() if str(each.key) == key), None)
    if inherited is None or inherited.locked:
        raise Http404(_("This attribute cannot be changed here."))
    below = Schema("", [inherited]).to_document()["attributes"][0]
    return _page(request, draft, _source(draft, draft.definition(key) or {"key": key}, below))


def _source(
    draft: Draft, definition: Mapping[str, Any], inherited: Mapping[str, Any] | None = None, is_new: bool = False
) -> Source:
    key = key_of(definition)
    published = () if draft.published is None else draft.published.attributes
    own = next((each for each in published if str(each.key or each.name) == key and not is_new), None)
    choices: Any = own.choices if own is not None and isinstance(own.choices, tuple) else ()
    return Source(
        definition=definition,
        inherited=inherited,
        languages=languages_of(draft, definition, inherited or {}),
        published_choices=[choice.value for choice in choices],
        groups=_groups(draft),
        is_new=is_new,
        is_published=own is not None,
    )


def languages_of(draft: Draft, *holders: Any) -> list[tuple[str, str]]:
    """Return the languages of texts: the schema's own first, those of the site, and whatever else is in use.

    A site that has not said which languages it has gets its own one, and not all that Django knows.
    """
    known = {code: str(name) for code, name in settings.LANGUAGES}
    has_said = settings.LANGUAGES != global_settings.LANGUAGES
    site = [*known] if has_said else [settings.LANGUAGE_CODE.partition("-")[0]]
    own = str(draft.document.get("default_language") or "en")
    used = dict.fromkeys([own, *site, *_codes((*draft.definitions, *holders))])
    return [(code, known.get(code, code)) for code in used]


def _codes(value: Any, name: str = "") -> Iterable[str]:
    """Yield the languages of the texts that a document holds."""
    if name in ("label", "help_text", "message") and isinstance(value, dict):
        yield from map(str, value)
    elif isinstance(value, dict):
        for member, inner in value.items():
            if member in ("label", "help_text", "message", "choices"):
                yield from _codes(inner, member)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _codes(item)


def _groups(draft: Draft) -> list[str]:
    said = [each.get("group") for each in draft.definitions]
    with suppress(SchemaError):  # what is above does not compose, which the schema's page says
        said += [each.group for each in draft.inherited.values()]
    return sorted({group for group in said if isinstance(group, str) and group})


def _taken(draft: Draft, source: Source) -> set[str]:
    """Return the names and keys of the other attributes, those that are retired or left out included."""
    own = key_of(source.definition)
    others = [each for each in draft.definitions if source.is_new or key_of(each) != own]
    taken = {str(each.get(name)) for each in others for name in ("key", "name") if each.get(name)}
    for schema in (*draft.general, *([draft.published] if draft.published is not None else [])):
        pairs = ((str(each.key or each.name), str(each.name or each.key)) for each in schema.attributes)
        taken |= {name for key, label in pairs if source.is_new or key != own for name in (key, label)}
    return taken


def _page(request: HttpRequest, draft: Draft, source: Source) -> HttpResponse:
    form = DefinitionForm(request.POST or None, source=source, taken=_taken(draft, source))
    can_be_kept = False
    if request.method == "POST" and form.is_valid():
        _keep(draft, form.definition, source)
        faults = _faults(draft, form.definition)
        if not faults or ANYWAY in request.POST:
            draft.save(request.user)
            messages.success(request, _("Kept in the draft. It takes effect when you publish it."))
            return HttpResponseRedirect(f"{url_for('schema', draft)}#attribute-{key_of(form.definition)}")
        form.show_faults(faults)
        can_be_kept = True
    label = label_in(source.definition or source.inherited or {}, source.languages[0][0])
    title = _("A new attribute") if source.is_new else label or key_of(source.definition)
    context = context_of(
        request,
        draft,
        heading=title,
        form=form,
        source=source,
        can_be_kept=can_be_kept,
        places=places_in(form),
        has_new_type=source.is_published and form.live.type != source.type,
        catalogue=[list(entry) for entry in entries(form.live.type)],
    )
    return TemplateResponse(request, "admin/jsonattrs/editor/attribute.html", context)


def _keep(draft: Draft, definition: Mapping[str, Any], source: Source) -> None:
    """Put a definition into the draft; one that changes nothing about an inherited attribute is none."""
    if source.inherited is not None and [*definition] == ["key"]:
        draft.remove_override(key_of(definition))
    else:
        draft.put(definition)


def _faults(draft: Draft, definition: Mapping[str, Any]) -> list[Any]:
    """Return what the engine finds wrong with one definition of the draft."""
    try:
        draft.composed().compile(registry())
    except SchemaError as error:
        names = {key_of(definition), str(definition.get("name"))}
        return [fault for fault in error.faults if getattr(fault, "attribute", None) in names]
    except JSONAttrsError as error:
        return [error]
    return []
