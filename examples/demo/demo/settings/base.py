"""Settings of both examples in one project, as they should be in earnest: secrets come from the environment.

======================== =====================================================================================
``SECRET_KEY``           needed: signs sessions and tokens
``ALLOWED_HOSTS``        needed: names of the host, separated by commas
``DATABASE_URL``         a database, for which dj-database-url and a driver must be installed; else a file
``PERSONAS_MODEL``       ``openai`` for a language model at ``OPENAI_BASE_URL``; else what can be done without one
======================== =====================================================================================
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import django
from landregistry.settings import *  # noqa: F403 - the land registry's are the beginning of these
from landregistry.settings import INSTALLED_APPS, JSONATTRS, MIDDLEWARE, REST_FRAMEWORK

FOLDER = Path(__file__).resolve().parents[2]

DEBUG = False
SECRET_KEY = os.environ.get("SECRET_KEY", "")  # Django says what is missing
ALLOWED_HOSTS = [name for name in os.environ.get("ALLOWED_HOSTS", "").split(",") if name]

#: On Django 5.2, tasks are a package of their own.
TASKS_APP = [] if django.VERSION >= (6,) else ["django_tasks"]
INSTALLED_APPS = [
    "demo",
    *INSTALLED_APPS,
    "personas",
    "django_htmx",
    "rest_framework_simplejwt.token_blacklist",
    *TASKS_APP,
]
MIDDLEWARE = [*MIDDLEWARE, "django_htmx.middleware.HtmxMiddleware"]
ROOT_URLCONF = "demo.urls"

if "DATABASE_URL" not in os.environ:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": FOLDER / "db.sqlite3",
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
        }
    }

# ---- attributes ----

JSONATTRS = {
    **JSONATTRS,
    # Each application says who may do what with its own models.
    "ATTRIBUTE_PERMISSION": "demo.access.may_use_attribute",
    "SCHEMA_PERMISSION": "demo.access.may_edit_schema",
    "REFERENCE_PERMISSION": "demo.access.may_refer_to",
    "PLUGINS": {"personas": "personas.plugin"},
}

# ---- language models ----

PERSONAS = {
    "LANGUAGE_MODEL": {
        "openai": "personas.language_model.openai.OpenAIModel",
        "offline": "personas.language_model.offline.OfflineModel",
    }[os.environ.get("PERSONAS_MODEL", "offline")],
    #: Any OpenAI-compatible server; these are of an Ollama on this machine.
    "OPENAI": {
        "BASE_URL": os.environ.get("OPENAI_BASE_URL", "http://localhost:11434/v1"),
        "API_KEY": os.environ.get("OPENAI_API_KEY", "none"),
        "MODEL": os.environ.get("OPENAI_MODEL", "gemma3"),
        "TIMEOUT": float(os.environ.get("OPENAI_TIMEOUT", "60")),  # seconds
        "RETRIES": 2,  # after the first attempt
    },
    "MAX_SAMPLE": 20_000,  # characters
    "MAX_TOPIC": 2_000,  # characters
}

# ---- the API ----

REST_FRAMEWORK = {
    **REST_FRAMEWORK,
    "DEFAULT_THROTTLE_RATES": {"register": "10/hour", "sign-in": "20/minute", "model": "30/minute"},
}
SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=15),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=7),
    "ROTATE_REFRESH_TOKENS": True,
    "BLACKLIST_AFTER_ROTATION": True,
    "UPDATE_LAST_LOGIN": True,
}

# ---- in earnest, everything goes through HTTPS ----

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 3600
