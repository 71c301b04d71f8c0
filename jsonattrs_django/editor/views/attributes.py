"""The page on which one attribute is defined, or an inherited one changed for a scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from jsonattrs_django.editor.access import context_of, url_for
from jsonattrs_django.editor.catalogue import type_summaries
from jsonattrs_django.editor.conditions import condition_in_words
from jsonattrs_django.editor.conflicts import conflict_of, definitions_told, seen_by
from jsonattrs_django.editor.definitions import DefinitionForm
from jsonattrs_django.editor.definitions.answers import CONDITIONS
from jsonattrs_django.editor.definitions.judging import faults_in, judged
from jsonattrs_django.editor.definitions.opening import composed_of, inherited_of, source_of, taken_names
from jsonattrs_django.editor.definitions.posting import MORE_ROWS
from jsonattrs_django.editor.definitions.texts import GROUPS
from jsonattrs_django.editor.drafts import key_of, standing_for
from jsonattrs_django.editor.expressions import places_in
from jsonattrs_django.editor.losses import losses_of_draft, losses_without
from jsonattrs_django.editor.phrases import Phrases
from jsonattrs_django.editor.words import label_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from jsonattrs_django.editor.definitions import Source
    from jsonattrs_django.editor.drafts import Draft

__all__ = ["ANYWAY", "add", "edit", "override", "warn_of_losses"]

#: The parameter of the button that keeps a definition in the draft whatever is wrong with it.
ANYWAY = "_anyway"
#: Faults of others that are told.
_MOST_TOLD = 5


def add(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Define a further attribute."""
    return _page(request, draft, source_of(draft, request.user, {}, is_new=True))


def edit(request: HttpRequest, draft: Draft, key: str) -> HttpResponse:
    """Edit an attribute that the scope defines. Raises Http404 where it does not."""
    definition = draft.definition(key)
    if definition is None:
        raise Http404(_("The schema does not define this attribute."))
    if key in draft.inherited_keys:
        return override(request, draft, key)
    return _page(request, draft, source_of(draft, request.user, definition))


def override(request: HttpRequest, draft: Draft, key: str) -> HttpResponse:
    """Change an inherited attribute for the scope. Raises Http404 where it is not inherited, or locked."""
    inherited = inherited_of(draft, key)
    if inherited is None:
        raise Http404(_("This attribute cannot be changed here."))
    return _page(request, draft, source_of(draft, request.user, draft.definition(key) or {"key": key}, inherited))


def _page(request: HttpRequest, draft: Draft, source: Source) -> HttpResponse:
    form = DefinitionForm(request.POST or None, source=source, taken=taken_names(draft, source))
    now = standing_for(dict(source.definition))
    seen = seen_by(request, now)
    can_be_kept, conflict = False, None
    if request.method == "POST" and source.is_new and (key := _sent_again(draft, form)) is not None:
        messages.info(request, _("It is in the draft already."))
        return _at(draft, key)
    if request.method == "POST" and form.is_valid():
        if seen != now:
            form.add_error(None, _("Somebody has changed this attribute since the page was opened."))
            told = definitions_told(draft, source.definition, form.definition)
            conflict = conflict_of(draft, dict(source.definition), told)
        else:
            kept = _kept(request, draft, form)
            if kept is not None:
                return kept
            can_be_kept = True
    label = label_in(source.definition or source.inherited or {}, source.languages[0][0])
    context = context_of(
        request,
        draft,
        heading=_("A new attribute") if source.is_new else label or key_of(source.definition),
        form=form,
        source=source,
        seen=seen,
        can_be_kept=can_be_kept,
        conflict=conflict,
        losses=None if source.is_new else losses_without(draft, request.user, key_of(source.definition)),
        places=places_in(form),
        in_words=_in_words(draft, form),
        summaries={"": "", **type_summaries()},
        has_new_type=source.is_published and form.live.type != source.type,
        more_rows=MORE_ROWS,
        groups_id=GROUPS,
        names=[(term.name, term.label) for term in source.terms],
        values={term.name: term.choices for term in source.terms if term.choices},
    )
    return TemplateResponse(request, "admin/jsonattrs/editor/attribute.html", context)


def _kept(request: HttpRequest, draft: Draft, form: DefinitionForm) -> HttpResponse | None:
    """Keep the definition in the draft, None where something is wrong with it and nobody says to keep it so."""
    source, definition = form.source, form.definition
    has_twin = _is_called_like_another(draft, form)
    before = faults_in(draft)
    _put(draft, source, definition)
    names = {
        key_of(definition),
        *(str(each["name"]) for each in (definition, source.inherited or {}) if "name" in each),
    }
    found = judged(draft, names, before)
    if (found.own or has_twin) and ANYWAY not in request.POST:
        form.show_faults(found.own)
        if has_twin:
            form.add_error(f"label__{source.languages[0][0]}", _("Another attribute is called so already."))
        return None
    draft.save(request.user)
    messages.success(request, _("Kept in the draft. It takes effect when you publish it."))
    for told in found.others[:_MOST_TOLD]:
        messages.warning(request, _("Something else has to be mended now: %(fault)s") % {"fault": told})
    warn_of_losses(request, draft, key_of(definition))
    return _at(draft, key_of(definition))


def _at(draft: Draft, key: str) -> HttpResponse:
    """Return to the page of the schema, at an attribute."""
    return HttpResponseRedirect(f"{url_for('schema', draft)}#attribute-{key}")


def _sent_again(draft: Draft, form: DefinitionForm) -> str | None:
    """Return the key of what a new definition is a copy of, None of none: a button is pressed twice."""
    form.full_clean()
    said = None if form.is_update else _but_for_names(form.definition)
    named = form.data.get("name") or ""
    for each in draft.definitions:
        if said and _but_for_names(each) == said and named in ("", each.get("name")):
            return key_of(each)
    return None


def _but_for_names(definition: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in definition.items() if name not in ("key", "name")}


def _is_called_like_another(draft: Draft, form: DefinitionForm) -> bool:
    """Tell whether an attribute gets a label that another one has."""
    source, definition = form.source, form.definition
    if not definition.get("label") or definition["label"] == source.definition.get("label"):
        return False
    label = label_in(definition, source.languages[0][0]).casefold()
    return any(term.label.casefold() == label for term in source.terms)


def warn_of_losses(request: HttpRequest, draft: Draft, key: str) -> None:
    """Say what would not work any more, where the draft lets an attribute go that others ask about."""
    losses = losses_of_draft(draft, request.user, key)
    for told in [*losses.own, *map(str, losses.narrower)][:_MOST_TOLD]:
        messages.warning(request, told)
    if losses.more:
        messages.warning(request, _("Narrower scopes that are not named here ask about this attribute, too."))


def _put(draft: Draft, source: Source, definition: Mapping[str, Any]) -> None:
    """Put a definition into the draft; one that changes nothing about an inherited attribute is none."""
    before = None if source.is_new else draft.definition(key_of(source.definition))
    if source.inherited is not None and [*definition] == ["key"]:
        draft.remove_override(key_of(definition))
    elif before is not None and key_of(before) != key_of(definition):
        draft.definitions[draft.definitions.index(before)] = dict(definition)
    else:
        draft.put(definition)


def _in_words(draft: Draft, form: DefinitionForm) -> dict[str, str]:
    """Return the conditions of the form in words, by the name of the control, as far as they can be put so."""
    composed = composed_of(draft)
    if composed is None:
        return {}
    phrases = Phrases(composed)
    said = {
        name: condition_in_words(str(form[name].value() or "").strip(), phrases)
        for name in CONDITIONS
        if not form[name].errors
    }
    return {name: text for name, text in said.items() if text}
