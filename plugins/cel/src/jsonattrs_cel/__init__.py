"""The rule language ``cel`` of jsonattrs: Google's Common Expression Language, with a bounded cost."""

from __future__ import annotations

from jsonattrs_core import RuleLanguage, hookimpl

__all__ = ["jsonattrs_rule_languages"]


@hookimpl
def jsonattrs_rule_languages() -> list[RuleLanguage]:
    """Return the language; it is loaded when a schema that has a rule is first compiled."""
    return [
        RuleLanguage(
            "cel",
            load="jsonattrs_cel.language:LANGUAGE",
            summary="Common Expression Language: such as area > 100 || given.permit.",
        )
    ]
