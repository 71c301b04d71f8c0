"""Settings for trying both examples out on this machine."""

from __future__ import annotations

from demo.settings.base import *  # noqa: F403 - all of them, but for these

DEBUG = True
SECRET_KEY = "not a secret: nothing that these examples sign leaves the machine"  # noqa: S105 - as it says
ALLOWED_HOSTS = []
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
