"""Settings of both examples in one project, as they should be in earnest: what differs comes from the environment.

``SECRET_KEY``
    Needed. Signs sessions and tokens: 50 characters or more that nobody can guess.
``ALLOWED_HOSTS``
    Needed. The names of the host, separated by commas.
``DATABASE_URL``
    A database, for which dj-database-url and a driver must be installed; else a file.
``REDIS_URL``
    A cache for all processes, for which redis must be installed; else each process counts requests by itself.
``PROXIES``
    How many proxies, which end HTTPS, stand before this server (0). They must set ``X-Forwarded-Proto`` and
    ``X-Forwarded-For`` themselves: at 0 nobody is believed who sends these.
``HSTS_SECONDS``
    How long browsers shall insist on HTTPS (3600).
``STATIC_ROOT``
    Where ``collectstatic`` puts the files that a web server serves.
``PERSONAS_MODEL``
    ``openai`` for a language model at ``OPENAI_BASE_URL``; ``offline``, as without it, for what can be done without.
``OPENAI_BASE_URL``, ``OPENAI_API_KEY``, ``OPENAI_MODEL``, ``OPENAI_TIMEOUT``
    Where it is, and for how many seconds each of three attempts is waited for.
``PERSONAS_WORKER``
    ``1`` where ``manage.py db_worker`` runs, for which django-tasks-db must be installed: it then does what a language
    model takes long for. Else that is done while the browser waits.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured
from landregistry.settings import *  # noqa: F403 - the land registry's are the beginning of these
from landregistry.settings import AUTH_PASSWORD_VALIDATORS, INSTALLED_APPS, JSONATTRS, MIDDLEWARE, REST_FRAMEWORK

FOLDER = Path(__file__).resolve().parents[2]

DEBUG = False
SECRET_KEY = os.environ.get("SECRET_KEY", "")  # Django says what is missing
ALLOWED_HOSTS = [name for name in os.environ.get("ALLOWED_HOSTS", "").split(",") if name]

#: On Django 5.2, tasks are a package of their own.
TASKS_APP = [] if django.VERSION >= (6,) else ["django_tasks"]
WORKER_APP = ["django_tasks_db"] if os.environ.get("PERSONAS_WORKER") == "1" else []
INSTALLED_APPS = [
    "demo",
    *INSTALLED_APPS,
    "personas",
    "django_htmx",
    "rest_framework_simplejwt.token_blacklist",
    *TASKS_APP,
    *WORKER_APP,
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

if "REDIS_URL" in os.environ:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": os.environ["REDIS_URL"]}
    }
STATIC_ROOT = os.environ.get("STATIC_ROOT", FOLDER / "static")

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

MODEL = os.environ.get("PERSONAS_MODEL", "offline")
if MODEL not in ("openai", "offline"):
    raise ImproperlyConfigured(f"PERSONAS_MODEL={MODEL}: it is openai or offline")
PERSONAS = {
    "LANGUAGE_MODEL": {
        "openai": "personas.language_model.openai.OpenAIModel",
        "offline": "personas.language_model.offline.OfflineModel",
    }[MODEL],
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

if WORKER_APP:
    TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# ---- the API ----

PROXIES = int(os.environ.get("PROXIES", "0"))
REST_FRAMEWORK = {
    **REST_FRAMEWORK,
    "DEFAULT_THROTTLE_RATES": {"register": "10/hour", "sign-in": "20/minute", "model": "30/minute"},
    "NUM_PROXIES": PROXIES,  # else whoever sends X-Forwarded-For would be somebody new each time
}
SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=15),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=7),
    "ROTATE_REFRESH_TOKENS": True,
    "BLACKLIST_AFTER_ROTATION": True,
    "UPDATE_LAST_LOGIN": True,
    "CHECK_REVOKE_TOKEN": True,  # a new password ends all tokens
}

# ---- accounts ----

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    *AUTH_PASSWORD_VALIDATORS,
]

# ---- in earnest, everything goes through HTTPS ----

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_HSTS_SECONDS = int(os.environ.get("HSTS_SECONDS", "3600"))
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# Browsers' own lists of domains are for the owner of a domain, who cannot easily get off them.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
