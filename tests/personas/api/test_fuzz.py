"""schemathesis asks the personas of the demo all that their OpenAPI document allows, and much that it does not.

No answer is a server's error, and each is as the document says: its code, media type, headers and body.
"""

from __future__ import annotations

import json
import re
import urllib.request

import pytest

pytest_plugins = ["tests.fuzzing"]
pytestmark = pytest.mark.long


def test_every_answer_is_as_the_document_says(demo, fuzz):
    """Rows 49 and 52: whatever is sent, by nobody and by an author."""
    document = f"{demo.address}/api/v1/openapi.json"
    demo.wait()
    fuzz(document)
    fuzz(document, Authorization=f"Bearer {token(demo)}")

    said = demo.output()
    assert "Traceback" not in said
    assert re.search(r'"POST /api/v1/personas/ HTTP/1.1" 201 ', said), "nothing was made, so that no link was followed"


def token(demo):
    """Log in as the author that the demo has."""
    body = json.dumps({"username": "writer", "password": "personas-demo"}).encode()
    request = urllib.request.Request(f"{demo.address}/api/v1/auth/login/", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["access"]
