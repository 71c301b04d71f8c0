"""What a browser sends of the form of a persona that it has opened."""

from __future__ import annotations

from typing import Any

__all__ = ["filled", "opened"]


def opened(client: Any, address: str) -> Any:
    """Open the page of a form; give the form."""
    response = client.get(address)
    assert response.status_code == 200
    return response.context["form"]


def filled(form: Any, **typed: Any) -> dict[str, Any]:
    """Return what is sent of a form in which something was typed; ``is_active=""`` unticks a box."""
    shown = {field.html_name: field.value() for field in form}
    data = {"seen": form.seen, **shown, **typed}
    return {name: value for name, value in data.items() if value not in (None, False) and (name, value) != UNTICKED}


UNTICKED = ("is_active", "")
