"""The reserved members of a document by which a record claims its unique values.

``$scope:<keys>`` is the id of the schema that holds the claim, ``$value:<key>`` the canonical text of the value. A
group of attributes has one scope, and one value for each attribute: so writers who change different ones still meet in
the index.
"""

from __future__ import annotations

import re

__all__ = ["SCOPE", "VALUE", "member_sql", "scope_member", "value_member"]

SCOPE, VALUE = "$scope:", "$value:"

#: What is written into SQL.
_MEMBER = re.compile(r"\$(?:scope|value):[A-Za-z0-9_][A-Za-z0-9_,-]*").fullmatch


def scope_member(keys: tuple[str, ...]) -> str:
    """Return the member that says which schema holds the claim on an attribute, or on a group of them."""
    return SCOPE + ",".join(keys)


def value_member(key: str) -> str:
    """Return the member that holds the canonical text of an attribute's value."""
    return VALUE + key


def member_sql(vendor: str, column: str, member: str) -> str:
    """Return the SQL of a member as text. Raises ValueError for what is no such member."""
    if not _MEMBER(member):
        raise ValueError(f"{member!r} is no member of a claim")
    if vendor == "postgresql":
        return f"({column} ->> '{member}')"
    return f"json_extract({column}, '$.\"{member}\"')"
