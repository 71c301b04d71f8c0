"""The page of one schema, and the small edits that are made on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jsonattrs_django.editor.access import context_of, url_for
from jsonattrs_django.editor.faults import own_faults
from jsonattrs_django.editor.listing import Listing
from jsonattrs_django.editor.phrases import language_title
from jsonattrs_django.editor.previewing import beside
from jsonattrs_django.editor.views.attributes import warn_of_losses

if TYPE_CHECKING:
    from django.http import HttpRequest

    from jsonattrs_django.editor.drafts import Draft

__all__ = ["about", "move", "omit", "schema_page", "set_status", "take_back"]

#: Characters of a schema's name.
_LONGEST_NAME = 200


def schema_page(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show the schema of a scope: its draft, what it inherits and what comes of it."""
    listing = Listing(draft)
    context = context_of(
        request,
        draft,
        own=listing.own,
        inherited=listing.inherited,
        changed=any(row.state != "inherited" for row in listing.inherited),
        faults=own_faults(draft),
        languages=_languages(draft),
        rules=draft.document.get("rules") or [],
        groups=draft.document.get("unique_together") or [],
        **beside(request, draft),
    )
    return TemplateResponse(request, "admin/jsonattrs/editor/schema.html", context)


def _languages(draft: Draft) -> list[tuple[str, str]]:
    """Return the languages that the schema's plain texts may be in: the site's, and the one that they are in."""
    own = str(draft.document.get("default_language") or "en")
    return [(code, language_title(code)) for code in dict.fromkeys([own, *dict(settings.LANGUAGES)])]


# ---- edits ----


def _back(draft: Draft, key: str) -> HttpResponse:
    """Return to the page, at an attribute."""
    return HttpResponseRedirect(f"{url_for('schema', draft)}#attribute-{key}")


@require_POST
def about(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Change the name of the schema, and the language of its plain texts."""
    name = " ".join(request.POST.get("name", "").split())
    language = request.POST.get("default_language", "")
    if not name or len(name) > _LONGEST_NAME:
        messages.error(request, _("A schema needs a name, of at most %(most)d characters.") % {"most": _LONGEST_NAME})
    elif language not in dict(_languages(draft)):
        messages.error(request, _("This is none of the languages."))
    else:
        draft.document["name"] = name
        draft.set_default_language(language)
        draft.save(request.user)
        messages.success(request, _("The name and the language are kept in the draft."))
    return HttpResponseRedirect(url_for("schema", draft))


@require_POST
def move(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Move an attribute: ``up`` or ``down`` name it, or ``key`` does with its new ``place`` among the own ones."""
    keys = [str(each["key"]) for each in draft.own]
    given = request.POST
    key = given.get("up") or given.get("down") or given.get("key", "")
    if key not in keys:
        raise Http404(_("The schema does not define this attribute."))
    place = given.get("place", "")
    step = -1 if "up" in given else 1 if "down" in given else 0
    if not step and not (place.isdecimal() and len(place) < 9):
        raise Http404(_("There is no such place."))
    draft.move(key, max(0, keys.index(key) + step) if step else int(place))
    draft.save(request.user)
    return _back(draft, key)


@require_POST
def omit(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Leave an inherited attribute out of this scope."""
    key = request.POST.get("key", "")
    if not any(str(attribute.key) == key for attribute in draft.inherited_attributes.values()):
        raise Http404(_("This attribute is not inherited."))
    draft.omit(key)
    draft.save(request.user)
    messages.success(request, _("The attribute is left out here, in the draft. Values of it stay stored."))
    warn_of_losses(request, draft, key)
    return _back(draft, key)


@require_POST
def take_back(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Take back what is said here about an inherited attribute, or a new one that is not published."""
    key = request.POST.get("key", "")
    if draft.definition(key) is None:
        raise Http404(_("The schema does not say anything about this attribute."))
    if key not in draft.inherited_keys and draft.is_published(key):
        raise Http404(_("This attribute is published: it is retired, and not taken back."))
    draft.remove_override(key)
    draft.save(request.user)
    messages.success(request, _("Taken back, in the draft."))
    return _back(draft, key)


@require_POST
def set_status(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Retire an attribute, or let it be in use again: ``retire`` or ``restore`` names it."""
    key = request.POST.get("retire") or request.POST.get("restore", "")
    if draft.definition(key) is None:
        raise Http404(_("The schema does not define this attribute."))
    draft.set_status(key, "retired" if "retire" in request.POST else "active")
    draft.save(request.user)
    said: Any = _("The attribute is in use again, in the draft.")
    if "retire" in request.POST:
        said = _("The attribute is retired, in the draft. Values of it stay stored, and come back if it is restored.")
    messages.success(request, said)
    warn_of_losses(request, draft, key)
    return _back(draft, key)
