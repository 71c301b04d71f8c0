"""The controls that write a comparison into a rule, for those who do not know the language of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from jsonattrs_django.editor.definitions.comparing import SIGNS, compared, comparison, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from jsonattrs_django.editor.definitions.source import Term

__all__ = ["COMPARISON", "add_comparison", "comparison_fields"]

_OF, _SIGN, _VALUE, _OTHER = (f"expression__{part}" for part in ("of", "sign", "value", "other"))
#: The names of the controls: the attribute, how it is compared, and with which value or with which other attribute.
COMPARISON = (_OF, _SIGN, _VALUE, _OTHER)


def comparison_fields(terms: Sequence[Term]) -> dict[str, forms.Field]:
    """Return the controls; none where there is nothing to compare."""
    if not terms:
        return {}
    named = [(term.name, term.label) for term in terms]
    value = forms.TextInput({"dir": "auto", "placeholder": _("a value")})
    return {
        _OF: forms.ChoiceField(required=False, choices=[("", "---------"), *named], label=_("Attribute")),
        _SIGN: forms.ChoiceField(required=False, choices=SIGNS, label=_("Comparison"), initial="=="),
        _VALUE: forms.CharField(required=False, label=_("Value"), widget=value),
        _OTHER: forms.ChoiceField(
            required=False, choices=[("", _("or an attribute")), *named], label=_("Other attribute")
        ),
    }


def add_comparison(data: QueryDict, terms: Sequence[Term]) -> ValidationError | None:
    """Add the comparison that was chosen to the rule that was posted; return why it cannot be written, where it cannot.

    Then what was chosen stays as it is.
    """
    if not data.get(_OF):
        return None
    known = {term.name: term for term in terms}
    try:
        data["expression"] = joined(data.get("expression") or "", _written(data, known))
    except ValidationError as error:
        return error
    data[_OF] = data[_VALUE] = data[_OTHER] = ""
    return None


def _written(data: QueryDict, known: dict[str, Term]) -> str:
    term, other = known.get(data[_OF]), data.get(_OTHER) or ""
    if term is None or (other and other not in known):
        raise ValidationError(_("No attribute has this name."))
    sign, value = data.get(_SIGN) or "==", (data.get(_VALUE) or "").strip()
    if sign not in dict(SIGNS):
        raise ValidationError(_("This is no comparison."))
    if other and value:
        raise ValidationError(_("Compare it with a value or with another attribute, and not with both."))
    return compared(term, sign, known[other]) if other else comparison(term, sign, value)
