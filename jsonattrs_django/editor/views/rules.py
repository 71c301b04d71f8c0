"""The page of the rules across attributes, and of the groups of attributes that are unique together."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from jsonattrs_core import JSONAttrsError, SchemaError
from jsonattrs_django.editor.access import context_of, url_for
from jsonattrs_django.editor.expressions import places_in
from jsonattrs_django.editor.rules import GroupForm, RuleForm, rule_in_words
from jsonattrs_django.editor.views.attributes import ANYWAY, languages_of
from jsonattrs_django.registry import registry

if TYPE_CHECKING:
    from django.http import HttpRequest

    from jsonattrs_django.editor.drafts import Draft

__all__ = ["group_page", "rule_page", "rules_page"]


def _rules(draft: Draft) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = draft.document.setdefault("rules", [])
    return found


def _groups(draft: Draft) -> list[list[str]]:
    found: list[list[str]] = draft.document.setdefault("unique_together", [])
    return found


def _attributes(draft: Draft) -> list[tuple[str, str]]:
    """Return the names of the attributes that rules can be about, with their labels."""
    try:
        composed = draft.composed()
    except SchemaError:
        return [(str(each.get("name")), str(each.get("name"))) for each in draft.definitions if each.get("name")]
    from jsonattrs_django.texts import label_of

    return [(name, label_of(attribute, composed.default_language)) for name, attribute in composed.items()]


def rules_page(request: HttpRequest, draft: Draft) -> HttpResponse:
    """List the rules and the groups; ``remove_rule`` and ``remove_group`` take one away."""
    if request.method == "POST":
        for name, several in (("remove_rule", _rules(draft)), ("remove_group", _groups(draft))):
            place = request.POST.get(name, "")
            if place.isdecimal() and len(place) < 9 and int(place) < len(several):
                del several[int(place)]
                draft.save(request.user)
                messages.success(request, _("Taken away, in the draft."))
        return HttpResponseRedirect(url_for("rules", draft))
    labels = dict(_attributes(draft))
    language = languages_of(draft)[0][0]
    context = context_of(
        request,
        draft,
        heading=_("Rules"),
        rules=[rule_in_words(rule, labels, language) for rule in _rules(draft)],
        groups=[[labels.get(name, name) for name in group] for group in _groups(draft)],
        inherited=[rule for schema in draft.general for rule in schema.to_document().get("rules", [])],
    )
    return TemplateResponse(request, "admin/jsonattrs/editor/rules.html", context)


def rule_page(request: HttpRequest, draft: Draft, place: int | None = None) -> HttpResponse:
    """Add a rule, or edit the one at a place. Raises Http404."""
    rules = _rules(draft)
    if place is not None and place >= len(rules):
        raise Http404(_("There is no such rule."))
    before = {} if place is None else deepcopy(rules[place])
    languages = languages_of(draft, before)
    form = RuleForm(request.POST or None, rule=before, languages=languages, attributes=_attributes(draft))
    can_be_kept = False
    if request.method == "POST" and form.is_valid():
        if place is None:
            rules.append(form.rule)
        else:
            rules[place] = form.rule
        faults = _faults(draft, form.rule)
        if not faults or ANYWAY in request.POST:
            draft.save(request.user)
            messages.success(request, _("Kept in the draft. It takes effect when you publish it."))
            return HttpResponseRedirect(url_for("rules", draft))
        for fault in faults:
            form.add_error("expression", fault)
        can_be_kept = True
    context = context_of(
        request,
        draft,
        heading=_("A new rule") if place is None else _("A rule"),
        form=form,
        places=places_in(form),
        can_be_kept=can_be_kept,
        names=_attributes(draft),
        back=url_for("rules", draft),
    )
    return TemplateResponse(request, "admin/jsonattrs/editor/rule.html", context)


def group_page(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Add a group of attributes whose values together are unique."""
    form = GroupForm(request.POST or None, attributes=_attributes(draft))
    if request.method == "POST" and form.is_valid():
        _groups(draft).append(form.cleaned_data["attributes"])
        draft.save(request.user)
        messages.success(request, _("Kept in the draft. It takes effect when you publish it."))
        return HttpResponseRedirect(url_for("rules", draft))
    context = context_of(
        request, draft, heading=_("Unique together"), form=form, places={}, back=url_for("rules", draft)
    )
    return TemplateResponse(request, "admin/jsonattrs/editor/rule.html", context)


def _faults(draft: Draft, rule: dict[str, Any]) -> list[str]:
    """Return what the engine finds wrong with one rule of the draft."""
    from jsonattrs_core import Rule

    try:
        draft.composed().compile(registry())
    except SchemaError as error:
        start = f"rule {Rule(rule['expression'], '').expression!r}"
        found = [getattr(fault, "message", str(fault)) for fault in error.faults]
        return [text.removeprefix(f"{start}: ") for text in found if text.startswith(start[:20])]
    except JSONAttrsError as error:
        return [str(error)]
    return []
