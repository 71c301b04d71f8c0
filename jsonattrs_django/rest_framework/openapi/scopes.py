"""Which scopes an OpenAPI document describes, and what their components are called.

The document is made for whoever asks for it: it describes the scopes that the view exposes to that user, and no other.
Their names say which selectors a scope is bound to, by keys and plain values: nothing is looked up for them.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonattrs_django.rest_framework.exposed import exposed_scopes, scopes_of_records

if TYPE_CHECKING:
    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.schemas.scope import Scope
    from jsonattrs_django.selectors import Texts

__all__ = ["MOST_SCOPES", "DescribedScopes", "described_scopes", "scope_name"]

#: Scopes of one field that are described one by one; of more, those that the view names are, or what all have.
MOST_SCOPES = 50

_PLAIN = re.compile("[A-Za-z0-9-]{1,40}").fullmatch


class DescribedScopes(NamedTuple):
    """The scopes of one attribute field that a document describes, the most general first."""

    scopes: dict[Texts, Scope]
    is_complete: bool  #: there are no records of other scopes, whose attributes the document does not know


def described_scopes(view: Any, field: JSONAttributeField) -> DescribedScopes:
    """Return the scopes of a field that the document of a view describes.

    Where the view names none, or the field is that of a nested serializer, it is the most general one: what every
    record has, beside which there may be other attributes.
    """
    general = field.selectors.given(())
    named = scopes_of_records(view, field)
    found = exposed_scopes(view, field) if named else [general]
    if len(found) > MOST_SCOPES:
        own = list(dict.fromkeys(field.selectors.given(each) for each in named or ()))
        return DescribedScopes(field.schemas.scopes(own if len(own) <= MOST_SCOPES else [general]), False)
    return DescribedScopes(field.schemas.scopes(found), bool(named) or not general)


def scope_name(field: JSONAttributeField, texts: Texts) -> str:
    """Return the end of a component's name, such as ``_organization_3``; of the most general scope, nothing."""
    pairs = zip(field.selectors, texts, strict=True)
    return "".join(f"_{_written(selector.name)}_{_written(text)}" for selector, text in pairs if text is not None)


def _written(text: str) -> str:
    """Return a text as a part of a name: what had to be left out is made up for by some digits."""
    if _PLAIN(text):
        return text
    readable = re.sub("[^A-Za-z0-9]+", "-", text)[:40].strip("-")
    return f"{readable}-{sha256(text.encode()).hexdigest()[:8]}".lstrip("-")
