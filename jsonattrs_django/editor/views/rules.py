"""The pages of the rules across attributes, and of the groups of attributes that are unique together."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from jsonattrs_django.editor.access import context_of, url_for
from jsonattrs_django.editor.conditions import condition_in_words
from jsonattrs_django.editor.conflicts import SEEN, Conflict, conflict_of, seen_by, values_told
from jsonattrs_django.editor.definitions.judging import faults_of_group, faults_of_rule
from jsonattrs_django.editor.definitions.opening import composed_of, terms_of
from jsonattrs_django.editor.drafts import standing_for
from jsonattrs_django.editor.expressions import places_in
from jsonattrs_django.editor.languages import languages_of
from jsonattrs_django.editor.phrases import Phrases
from jsonattrs_django.editor.rules import GroupForm, RuleForm, rule_in_words
from jsonattrs_django.editor.views.attributes import ANYWAY

if TYPE_CHECKING:
    from django.http import HttpRequest

    from jsonattrs_django.editor.definitions.source import Term
    from jsonattrs_django.editor.drafts import Draft

__all__ = ["group_page", "rule_page", "rules_page"]


def rules_page(request: HttpRequest, draft: Draft) -> HttpResponse:
    """List the rules and the groups; ``remove_rule`` and ``remove_group`` take one away."""
    seen = _seen({"rules": _rules(draft), "groups": _groups(draft)})
    if request.method == "POST":
        if request.POST.get(SEEN) == seen:
            _remove(request, draft)
        else:
            messages.error(request, _("Somebody has changed the rules since the page was opened. Look at them again."))
        return HttpResponseRedirect(url_for("rules", draft))
    composed = composed_of(draft)
    labels = dict(_attributes(draft))
    language = languages_of(draft)[0][0]
    phrases = None if composed is None else Phrases(composed)
    context = context_of(
        request,
        draft,
        heading=_("Rules"),
        seen=seen,
        rules=[rule_in_words(rule, labels, language, phrases) for rule in _rules(draft)],
        groups=[", ".join(labels.get(name, name) for name in group) for group in _groups(draft)],
        inherited=[
            rule_in_words(rule, labels, schema.default_language, phrases, schema.name)
            for schema in draft.general
            for rule in schema.to_document().get("rules", [])
        ],
        inherited_groups=[
            (", ".join(labels.get(name, str(name)) for name in group), schema.name)
            for schema in draft.general
            for group in schema.unique_together
        ],
    )
    return TemplateResponse(request, "admin/jsonattrs/editor/rules.html", context)


def _remove(request: HttpRequest, draft: Draft) -> None:
    for name, several in (("remove_rule", _rules(draft)), ("remove_group", _groups(draft))):
        place = request.POST.get(name, "")
        if place.isdecimal() and len(place) < 9 and int(place) < len(several):
            del several[int(place)]
            draft.save(request.user)
            messages.success(request, _("Removed from the draft. It takes effect when you publish it."))


def rule_page(request: HttpRequest, draft: Draft, place: int | None = None) -> HttpResponse:
    """Add a rule, or edit the one at a place. Raises Http404."""
    rules = _rules(draft)
    before = _at(rules, place, {})
    languages = languages_of(draft, before)
    form = RuleForm(
        request.POST or None,
        before=before,
        languages=languages,
        attributes=_attributes(draft),
        terms=_terms(draft, before),
    )
    can_be_kept, conflict = False, None
    if request.method == "POST" and not form.is_update and not form["expression"].errors:
        faults = faults_of_rule(draft, form.rule)
        if form.is_valid():
            conflict = _conflict(request, draft, form, before, form.rule)
        is_well = form.is_valid()
        if is_well and (not faults or ANYWAY in request.POST):
            return _kept(request, draft, rules, place, form.rule)
        for fault in faults:
            form.add_error("expression", fault)
        can_be_kept = is_well
    return _page(
        request,
        draft,
        before,
        heading=_("A new rule") if place is None else _("A rule"),
        form=form,
        places=places_in(form),
        in_words=_in_words(draft, form),
        can_be_kept=can_be_kept,
        conflict=conflict,
        names=_attributes(draft),
    )


def group_page(request: HttpRequest, draft: Draft, place: int | None = None) -> HttpResponse:
    """Add a group of attributes whose values together are unique, or edit the one at a place. Raises Http404."""
    groups = _groups(draft)
    before = _at(groups, place, [])
    form = GroupForm(request.POST or None, before=before, attributes=_attributes(draft))
    conflict = None
    if request.method == "POST" and form.is_valid():
        names = form.cleaned_data["attributes"]
        conflict = _conflict(request, draft, form, before, names)
        faults = faults_of_group(draft, names)
        if not faults and conflict is None:
            return _kept(request, draft, groups, place, names)
        for fault in faults:
            form.add_error("attributes", fault)
    return _page(request, draft, before, heading=_("Unique together"), form=form, conflict=conflict)


# ---- what they share ----


def _rules(draft: Draft) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = draft.document.setdefault("rules", [])
    return found


def _groups(draft: Draft) -> list[list[str]]:
    found: list[list[str]] = draft.document.setdefault("unique_together", [])
    return found


def _attributes(draft: Draft) -> list[tuple[str, str]]:
    """Return the names of the attributes that rules can be about, with their labels."""
    composed = composed_of(draft)
    if composed is None:
        return [(str(each["name"]), str(each["name"])) for each in draft.definitions if each.get("name")]
    return [(term.name, term.label) for term in terms_of(composed)]


def _terms(draft: Draft, rule: dict[str, Any]) -> list[Term]:
    """Return what the controls of a rule can compare: nothing where it is in a language that they do not write."""
    language = rule.get("language") or draft.document.get("rule_language") or "cel"
    composed = composed_of(draft) if language == "cel" else None
    return [] if composed is None else terms_of(composed)


def _at(several: list[Any], place: int | None, new: Any) -> Any:
    if place is None:
        return new
    if place >= len(several):
        raise Http404(_("There is no such rule."))
    return deepcopy(several[place])


def _seen(what: Any) -> str:
    return standing_for({"": what})


def _conflict(request: HttpRequest, draft: Draft, form: Any, before: Any, mine: Any) -> Conflict | None:
    """Return what stands against keeping mine, None where what is edited is still what the page has shown."""
    if seen_by(request, _seen(before)) == _seen(before):
        return None
    form.add_error(None, _("Somebody has changed this since the page was opened."))
    theirs, own = (
        _in_words_of(form, said if isinstance(said, dict) else {"attributes": said}) for said in (before, mine)
    )
    titles = {name: str(field.label) for name, field in form.fields.items()} | {"message": _("Message")}
    return conflict_of(draft, {"": before}, values_told(theirs, own, titles))


def _in_words_of(form: Any, said: dict[str, Any]) -> dict[str, Any]:
    """Return a rule, or a group, with what a form calls the values that can be chosen in it."""
    found = dict(said)
    for name in said.keys() & form.fields.keys():
        called = dict(getattr(form.fields[name], "choices", ()))
        several = said[name] if isinstance(said[name], list) else [said[name]]
        found[name] = [str(called.get(value, value)) for value in several]
    return found


def _kept(request: HttpRequest, draft: Draft, several: list[Any], place: int | None, what: Any) -> HttpResponse:
    if place is None:
        several.append(what)
    else:
        several[place] = what
    draft.save(request.user)
    messages.success(request, _("Kept in the draft. It takes effect when you publish it."))
    return HttpResponseRedirect(url_for("rules", draft))


def _in_words(draft: Draft, form: RuleForm) -> dict[str, str]:
    composed = None if form["expression"].errors else composed_of(draft)
    said = str(form["expression"].value() or "").strip()
    found = None if composed is None else condition_in_words(said, Phrases(composed))
    return {"expression": found} if found else {}


def _page(request: HttpRequest, draft: Draft, before: Any, **more: Any) -> HttpResponse:
    context = context_of(
        request,
        draft,
        **{
            "places": {},
            "in_words": {},
            "seen": seen_by(request, _seen(before)),
            "back": url_for("rules", draft),
            **more,
        },
    )
    return TemplateResponse(request, "admin/jsonattrs/editor/rule.html", context)
