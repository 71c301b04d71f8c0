"""The checks of the regions that have dependencies with the same country code: makers, one for each region.

``{"dependencies": true}`` among the constraints of an attribute lets the numbers of these dependencies pass as well:
``07911 123456``, which is dialled like a British number, is of Guernsey.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jsonattrs_core import SchemaError
from jsonattrs_phonenumbers.checks import check_for
from jsonattrs_phonenumbers.table import DEPENDENCIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonattrs_core import Attribute

__all__: list[str] = []


@cache
def __getattr__(name: str) -> Callable[[Attribute], Callable[[str], str]]:
    if name not in DEPENDENCIES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def make(attribute: Attribute) -> Callable[[str], str]:
        accepted = (attribute.constraints or {}).get("dependencies", False)
        if not isinstance(accepted, bool):
            raise SchemaError("'dependencies' must be true or false")
        return check_for(name, *DEPENDENCIES[name]) if accepted else check_for(name)

    return make
