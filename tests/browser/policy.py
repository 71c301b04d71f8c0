"""A Content-Security-Policy as strict as people have it."""

from __future__ import annotations

POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"


def strict(get_response):
    """Return a middleware that gives each answer the policy."""

    def answer(request):
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    return answer
