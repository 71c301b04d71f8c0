"""The policy of versions: what clients may rely on, and how they learn that a version ends.

- The version is in the address: ``/api/v1/``. A version gets new addresses, new optional parameters and new members of
  answers, so clients pass over what they do not know. Nothing that is there goes away, gets another meaning, or is
  demanded where it was not. ``tests/personas/api/v1.json`` holds what there is, and a test compares.
- What cannot be had so is another version, ``/api/v2/``, beside this one, which keeps answering as it did.
- A version that ends says so in each of its answers, six months before: ``Deprecation`` (RFC 9745) with the moment
  since when it is advised against, ``Sunset`` (RFC 8594) with the moment of its end, and ``Link`` to what to read. The
  setting is ``PERSONAS["API_DEPRECATION"]``: ``{"since": datetime, "sunset": datetime, "link": address}``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.http import http_date

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["VERSION", "headers_of_version"]

VERSION = "1"


def headers_of_version() -> Mapping[str, str]:
    """Return the headers of every answer that say what becomes of this version: none while it is to stay."""
    ending = settings.PERSONAS.get("API_DEPRECATION")
    if not ending:
        return {}
    return {
        "Deprecation": f"@{int(ending['since'].timestamp())}",
        "Sunset": http_date(ending["sunset"].timestamp()),
        "Link": f'<{ending["link"]}>; rel="deprecation"; type="text/html"',
    }
