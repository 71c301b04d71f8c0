"""schemathesis asks the land registry of the demo all that its OpenAPI document allows, and much that it does not.

No answer is a server's error, and each is as the document says: its code, media type, headers and body. What a POST
makes is followed by the links of the document.
"""

from __future__ import annotations

import pytest
from landregistry.accounts import PASSWORD

pytest_plugins = ["tests.fuzzing"]
pytestmark = pytest.mark.long


def test_every_answer_is_as_the_document_says(demo, fuzz):
    document = f"{demo.address}/land-registry/api/openapi.json"
    demo.wait()
    fuzz(document)

    demo.sign_in("admin", PASSWORD)
    cookies = {each.name: each.value for each in demo.cookies}
    session = "; ".join(f"{name}={value}" for name, value in cookies.items())
    fuzz(document, **{"Cookie": session, "X-CSRFToken": cookies["csrftoken"]})

    said = demo.output()
    assert "Traceback" not in said
    made = [line for line in said.splitlines() if '"POST /land-registry/api/' in line and '" 201 ' in line]
    assert made, "nothing was made, so that no link was followed"
