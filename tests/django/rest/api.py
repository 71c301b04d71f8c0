"""An API of the test models, and a client that sends what it is given, byte by byte if need be."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any

from django.contrib.auth.models import User
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from landregistry.models import Party, Project
from rest_framework import viewsets
from rest_framework.test import APIRequestFactory, force_authenticate
from testapp.models import Note, Twin

from jsonattrs_django.rest_framework import (
    AttributeModelSerializer,
    ConditionalUpdateMixin,
    ProblemJSONRenderer,
    StrictJSONParser,
)

__all__ = ["API", "FIELDS", "Answer", "serializer_class", "view_class"]

#: The fields that serializers have.
FIELDS: dict[Any, list[str]] = {
    Party: ["id", "project", "type", "name", "attrs"],
    Project: ["id", "organization", "slug", "name", "attrs"],
    Note: ["id", "team", "kind", "title", "attrs"],
    Twin: ["id", "left", "right"],
}


def serializer_class(model_class, **options):
    """Return the serializer of a model; ``options`` are those of its Meta, and fields that it declares."""
    declared = {name: options.pop(name) for name in [*options] if name not in _META}
    meta = type("Meta", (), {"model": model_class, "fields": FIELDS[model_class], **options})
    return type(f"{model_class.__name__}Serializer", (AttributeModelSerializer,), {"Meta": meta, **declared})


_META = ("fields", "exclude", "extra_kwargs", "flatten_attributes", "read_only_fields", "validators")


def view_class(serializer, queryset=None, **options):
    """Return the view set of a serializer; it respects ``If-Match``, and shows the parameters of problems."""
    rows = serializer.Meta.model._default_manager.order_by("pk") if queryset is None else queryset
    attributes = {
        "queryset": rows,
        "serializer_class": serializer,
        "parser_classes": [StrictJSONParser],
        "renderer_classes": [ProblemJSONRenderer],
        "create": _create,
        **options,
    }
    return type("View", (ConditionalUpdateMixin, viewsets.ModelViewSet), attributes)


def _create(self, request, *args, **kwargs):
    """Create one record, or a list of them."""
    made = self.get_serializer(data=request.data, many=isinstance(request.data, list))
    made.is_valid(raise_exception=True)
    self.perform_create(made)
    return viewsets.mixins.Response(made.data, status=201)


class Answer:
    """What a view answered."""

    def __init__(self, response):
        self.status = response.status_code
        self.headers = response.headers
        self.data = response.data
        self.json = json.loads(response.rendered_content) if response.rendered_content else None


#: Who may do everything.
ROOT = User(pk=0, username="root", is_active=True, is_superuser=True)


class API:
    """Sends requests to the view set of a serializer."""

    def __init__(self, serializer, user=ROOT, **view):
        self.view = view_class(serializer, **view)
        self.user = user

    def send(self, method, body=None, pk=None, content_type="application/json", **headers):
        """Send a request, whose body is JSON unless it is text or bytes."""
        text = body if isinstance(body, str | bytes) else json.dumps(body, cls=_Encoder)
        request = APIRequestFactory().generic(method.upper(), "/", text, content_type=content_type, headers=headers)
        if self.user is not None:
            force_authenticate(request, self.user)
        every = _ONE if pk is not None else _MANY
        actions = {name: action for name, action in every.items() if hasattr(self.view, action)}
        given = {} if pk is None else {"pk": pk}
        return Answer(self.view.as_view(actions)(request, **given).render())

    def __getattr__(self, method):
        return lambda *args, **kwargs: self.send(method, *args, **kwargs)


_MANY = {"get": "list", "post": "create"}
_ONE = {"get": "retrieve", "put": "update", "patch": "partial_update", "delete": "destroy"}


class _Encoder(DjangoJSONEncoder):
    """What a program that has typed values sends for them."""

    def default(self, obj):
        if isinstance(obj, Model):
            return obj.pk if isinstance(obj.pk, int) else str(obj.pk)
        if isinstance(obj, date | datetime | time):
            return obj.isoformat()
        return super().default(obj)
