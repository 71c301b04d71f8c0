"""A client of the API."""

from __future__ import annotations

from rest_framework.test import APIClient
from rest_framework_simplejwt.tokens import AccessToken


class Client(APIClient):
    """Sends JSON to addresses below the API's, with the token of an author."""

    default_format = "json"

    def __init__(self, author=None):
        super().__init__()
        self.author = author
        if author is not None:
            self.credentials(HTTP_AUTHORIZATION=f"Bearer {AccessToken.for_user(author.user)}")

    def generic(self, method, path, *args, **extra):
        return super().generic(method, path if path.startswith(("/", "http:")) else f"/api/v1/{path}", *args, **extra)

    def made(self, path, data):
        """Return what a POST has made."""
        answer = self.post(path, data)
        assert answer.status_code == 201, answer.content
        return answer.json()
