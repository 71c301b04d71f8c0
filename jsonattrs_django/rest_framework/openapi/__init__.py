"""What drf-spectacular says of attributes in OpenAPI 3.1, where it is installed and among the project's applications.

``attributes`` writes the schema of one scope, ``scopes`` decides which scopes a document describes and what they are
called, ``selection`` how the other fields of a record tell its scope. ``operations`` says what drf-spectacular cannot
find out about operations, ``endpoints`` what the adapter's own ones take and answer, ``sparse`` which fields may be
asked for, ``components`` what is the same in every document, ``older`` how OpenAPI 3.0 says it. ``serializers`` and
``views`` are the extensions that drf-spectacular looks for; importing this package registers them.
"""

from __future__ import annotations

from jsonattrs_django.rest_framework.openapi import serializers, views

__all__ = ["serializers", "views"]
