"""What the form of a definition is about, found in the draft."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from jsonattrs_core import Attribute, Schema, SchemaError, compose
from jsonattrs_django.editor.definitions.source import Origin, Source, Term
from jsonattrs_django.editor.drafts import key_of
from jsonattrs_django.editor.languages import languages_of
from jsonattrs_django.editor.phrases import Phrases
from jsonattrs_django.registry import registry
from jsonattrs_django.texts import label_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jsonattrs_core import ComposedSchema
    from jsonattrs_django.editor.drafts import Draft

__all__ = ["composed_of", "inherited_of", "source_of", "taken_names", "terms_of"]

#: Choices of an attribute that conditions offer.
_MOST_CHOICES = 200


def source_of(
    draft: Draft,
    user: Any,
    definition: Mapping[str, Any],
    inherited: Attribute | None = None,
    *,
    is_new: bool = False,
) -> Source:
    """Return what the form is about. ``inherited`` is the attribute that the definition changes.

    What ``user`` may not see is not offered as what can be referred to.
    """
    key = key_of(definition)
    published = () if draft.published is None or is_new else draft.published.attributes
    own = next((each for each in published if str(each.key or each.name) == key), None)
    choices: Any = own.choices if own is not None and isinstance(own.choices, tuple) else ()
    below = None if inherited is None else Schema("", [inherited]).to_document()["attributes"][0]
    return Source(
        definition=definition,
        inherited=below,
        languages=languages_of(draft, definition, below or {}),
        published_choices=[choice.value for choice in choices],
        groups=_groups(draft),
        is_new=is_new,
        is_published=own is not None,
        rule_language=str(draft.document.get("rule_language") or "cel"),
        origins={} if inherited is None else _origins(draft.inherited, inherited),
        terms=[] if (composed := composed_of(draft)) is None else terms_of(composed, without=key),
        models=_models(user),
    )


def inherited_of(draft: Draft, key: str) -> Attribute | None:
    """Return the attribute that a definition of a key changes, be it retired above; None where it may change none."""
    with suppress(SchemaError):  # which the page of the schema says
        found = _by_key(draft.inherited, key)
        if found is None and key in draft.inherited_keys:
            revived = Schema("", [Attribute(key=key, status="active")])
            found = _by_key(compose(*draft.general, revived), key)
            found = None if found is None else replace(found, status="retired")
        return None if found is None or found.locked else found
    return None


def _by_key(composed: ComposedSchema, key: str) -> Attribute | None:
    return next((each for each in composed.values() if str(each.key) == key), None)


def composed_of(draft: Draft) -> ComposedSchema | None:
    """Return what the draft makes of what it inherits, None where that cannot be told."""
    with suppress(SchemaError):  # which the page of the schema says
        return draft.composed()
    return None


def terms_of(composed: ComposedSchema, without: str = "") -> list[Term]:
    """Return what conditions can ask about: the attributes but for the one of a key."""
    return [
        Term(
            name,
            label_of(attribute, composed.default_language),
            str(attribute.type),
            attribute.multiple is True,
            tuple(_values(attribute, composed)),
        )
        for name, attribute in composed.items()
        if str(attribute.key) != without
    ]


def _values(attribute: Attribute, composed: ComposedSchema) -> Iterable[tuple[str, str]]:
    """Yield the texts of an attribute's values where they are few, with what they are called."""
    if attribute.type == "boolean":
        yield from (("true", _("Yes")), ("false", _("No")))
    listed = attribute.choices if isinstance(attribute.choices, tuple) else ()
    phrases = Phrases(composed)
    for choice in listed if len(listed) <= _MOST_CHOICES else ():
        yield str(choice.value), phrases.choice(str(attribute.name), str(choice.value))


def _origins(above: ComposedSchema, inherited: Attribute) -> dict[str, Origin]:
    phrases = Phrases(above)
    name = str(inherited.name if inherited.name in above else inherited.key)
    return {
        part: Origin(phrases.said(part, origin.value, inherited).text, origin.schema)
        for part, origin in above.explain(name, registry()).items()
        if part not in ("key", "name", "type", "order")
    }


def _models(user: Any) -> list[tuple[str, str]]:
    found = [
        (model._meta.label, f"{capfirst(model._meta.verbose_name)} ({model._meta.app_config.verbose_name})")
        for model in apps.get_models()
        if not model._meta.proxy and _may_see(user, model)
    ]
    return sorted(found, key=lambda pair: pair[1].casefold())


def _may_see(user: Any, model: Any) -> bool:
    options = model._meta
    return any(user.has_perm(f"{options.app_label}.{action}_{options.model_name}") for action in ("view", "change"))


def _groups(draft: Draft) -> list[str]:
    said = [each.get("group") for each in draft.definitions]
    with suppress(SchemaError):  # what is above does not compose, which the schema's page says
        said += [each.group for each in draft.inherited.values()]
    return sorted({group for group in said if isinstance(group, str) and group})


def taken_names(draft: Draft, source: Source) -> set[str]:
    """Return the names and keys of the other attributes, those that are retired or left out included."""
    own = None if source.is_new else key_of(source.definition)
    taken: set[str] = set()
    for each in draft.definitions:
        if key_of(each) != own:
            taken |= {str(each[name]) for name in ("key", "name") if each.get(name)}
    for schema in (*draft.general, *([draft.published] if draft.published is not None else [])):
        for attribute in schema.attributes:
            key, name = str(attribute.key or attribute.name), str(attribute.name or attribute.key)
            taken |= {key, name} if key != own else set()
    return taken
