"""How JSON is sent to the API."""

from __future__ import annotations

import json

__all__ = ["sent"]


def sent(client, path, data, method="post"):
    """Send JSON; a half of a pair of surrogates goes as an escape, as programs send it."""
    return getattr(client, method)(f"/api/v1/{path}", json.dumps(data), content_type="application/json")
