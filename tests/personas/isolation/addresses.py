"""Every address of personas, as the project's resolver has them: one that is new is here by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.urls import URLResolver, get_resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["METHODS", "PREFIXES", "Address", "addresses"]

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE")
#: Where the pages and the API are in the project.
PREFIXES = ("personas/", "api/v1/")


class Address(NamedTuple):
    """A named address."""

    name: str  #: with its namespace
    takes: tuple[str, ...]  #: what stands in it

    @property
    def is_api(self) -> bool:
        """Whether it is the API's, and no page."""
        return self.name.startswith("personas_api:")


def addresses() -> list[Address]:
    """Return all of them."""
    found = []
    for each in get_resolver().url_patterns:
        if isinstance(each, URLResolver) and str(each.pattern) in PREFIXES:
            found += _below(each, each.namespace)
    return sorted(found)


def _below(resolver: URLResolver, namespace: str) -> Iterator[Address]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _below(each, f"{namespace}:{each.namespace}" if each.namespace else namespace)
        else:
            yield Address(f"{namespace}:{each.name}", tuple(each.pattern.regex.groupindex))
