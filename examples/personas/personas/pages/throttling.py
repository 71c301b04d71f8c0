"""Pages that may be posted to only so often, by the rates that the API has too."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from rest_framework.throttling import ScopedRateThrottle

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

__all__ = ["ThrottledMixin"]


class ThrottledMixin:
    """A page whose form may be sent only as often as the rate named ``throttle_scope`` says; else the answer is 429."""

    throttle_scope: str

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what the form is for, or say how long to wait."""
        throttle = ScopedRateThrottle()
        if throttle.allow_request(request, self):
            return super().post(request, *args, **kwargs)
        seconds = math.ceil(throttle.wait() or 1)
        response = render(request, "personas/too_often.html", {"minutes": math.ceil(seconds / 60)}, status=429)
        response.headers["Retry-After"] = str(seconds)
        return response
