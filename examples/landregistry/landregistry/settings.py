"""Settings for trying the example out: a database in a file, and pages for this machine only.

``DATABASE_URL`` names another database, for which dj-database-url and a driver must be installed.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1]

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_filters",
    "drf_spectacular",
    "jsonattrs_django",
    "landregistry",
    "rest_framework",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SECRET_KEY = "not a secret: nothing that this example signs leaves the machine"  # noqa: S105 - as it says
DEBUG = True

# ---- attributes ----

JSONATTRS = {
    # Which attributes everybody may see, who decides what attributes there are, and whom a reference may name.
    "ATTRIBUTE_PERMISSION": "landregistry.access.may_use_attribute",
    "SCHEMA_PERMISSION": "landregistry.access.may_edit_schema",
    "REFERENCE_PERMISSION": "landregistry.access.may_refer_to",
}

# ---- the API ----

REST_FRAMEWORK = {"DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema"}
SPECTACULAR_SETTINGS = {
    "TITLE": "A land registry",
    "DESCRIPTION": "Projects, parties and spatial units, whose attributes differ from one project to the next.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "COMPONENT_SPLIT_REQUEST": True,
    # Operations are named by what comes after it, wherever a project has put the pages.
    "SCHEMA_PATH_PREFIX": "/(?:[a-z-]+/)?api/",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "jsonattrs_django.rest_framework.openapi.links.link_records",
    ],
    "ENUM_NAME_OVERRIDES": {
        "PartyType": "landregistry.models.Party.Type",
        "SpatialUnitType": "landregistry.models.SpatialUnit.Type",
    },
}

# ---- the database ----

if "DATABASE_URL" in os.environ:
    import dj_database_url

    DATABASES = {"default": dj_database_url.config()}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": FOLDER / "db.sqlite3",
            # Writers take turns from the beginning of a transaction, so that none of them has to give up.
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
        }
    }

# ---- pages ----

ROOT_URLCONF = "landregistry.urls"
STATIC_URL = "static/"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# ---- languages: those that the schemas have texts in ----

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("id", "Bahasa Indonesia")]
USE_TZ = True
TIME_ZONE = "UTC"

# ---- signing in ----

LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
