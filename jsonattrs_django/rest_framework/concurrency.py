"""Optimistic concurrency: a client that says what it has read changes nothing that somebody else changed since."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.db import connections, router, transaction
from django.db.models import F, Model
from django.http import Http404
from django.utils.crypto import salted_hmac
from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError

from jsonattrs_django.models.manager import attribute_fields
from jsonattrs_django.reading import with_edits
from jsonattrs_django.rest_framework.parsers import StrictParsing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

if TYPE_CHECKING:
    from rest_framework.viewsets import GenericViewSet

    _View: Any = GenericViewSet  # what the mixin is mixed into
else:
    _View = object

__all__ = ["ConditionalUpdateMixin", "PreconditionFailed", "entity_tag"]


class PreconditionFailed(APIException):
    """The record is not what the client says it has read."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_detail = _(
        "The attributes of this record were changed since you read them. Read the record again, and repeat your change."
    )
    default_code = "precondition_failed"


def entity_tag(record: Model) -> str:
    """Return the strong entity tag of a record's attributes: quoted, and the same for as long as they are the same.

    It is made of all attributes that are stored, those included that the reader may not see or no schema defines; and
    with the project's secret key and the record's own, so that nobody finds out by trying what he may not see.
    """
    documents: dict[str, Any] = {"": [record._meta.concrete_model._meta.label, str(record.pk)]}
    for name, field in attribute_fields(type(record)).items():
        if field.attname not in record.__dict__:
            getattr(record, field.attname)  # fetches it
        documents[name] = _canonical(dict(with_edits(field, record).current()))
    text = json.dumps(documents, sort_keys=True, default=str)
    return f'"{salted_hmac(__name__, text, algorithm="sha256").hexdigest()[:32]}"'


def _canonical(value: Any) -> Any:
    """Return a JSON value in which numbers are the same that databases do not tell apart: 5 and 5.0."""
    if isinstance(value, dict):
        return {key: _canonical(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_canonical(each) for each in value]
    if isinstance(value, float) and value.is_integer():
        return int(Decimal(repr(value)))  # the digits that are written, and not those of the binary number
    return value


class ConditionalUpdateMixin(StrictParsing, _View):
    """Adds ``ETag`` to the responses of a view set, and respects ``If-Match`` where a client sends it.

    The tag is that of the attributes (:func:`entity_tag`). A PUT, PATCH or DELETE with ``If-Match`` is made in one
    transaction, in which the record is locked before its tag is compared: 412 where another one was asked for, and the
    record stays as it is. Without the header everything is as ever. JSON is parsed strictly.
    """

    #: The tags of which the record must have one, None where the client asks for none.
    _demanded: list[str] | None = None
    #: The database in which the record is locked.
    _locked_in: str | None = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Have the header respected by whatever changes and deletes records, and add nothing that does."""
        super().__init_subclass__(**kwargs)
        for name in ("update", "destroy"):
            method = getattr(cls, name, None)
            if method is not None and not hasattr(method, "is_conditional"):
                setattr(cls, name, _conditional(method))

    def get_queryset(self) -> Any:
        """Return the records, of a record that is locked those of the database that it is locked in."""
        queryset = super().get_queryset()
        return queryset if self._locked_in is None else queryset.using(self._locked_in)

    def get_object(self) -> Any:
        """Return the record. Raises PreconditionFailed where it is not what the client has read."""
        record = super().get_object()
        if self._demanded is not None and not _matches(self._demanded, record):
            raise PreconditionFailed
        return record

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Add the tag to a response that shows one record."""
        response = super().finalize_response(request, response, *args, **kwargs)
        record = getattr(getattr(getattr(response, "data", None), "serializer", None), "instance", None)
        if isinstance(record, Model) and status.is_success(response.status_code):
            response.headers.setdefault("ETag", entity_tag(record))
        return response


def _conditional(method: Callable[..., Any]) -> Callable[..., Any]:
    """Return a method of a view set that is called, if ``If-Match`` was sent, with the record locked."""

    @wraps(method)
    def conditional(self: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
        tags = demanded_tags(request) if self._demanded is None else None
        if tags is None:
            return method(self, request, *args, **kwargs)
        record = self.get_object()
        alias = router.db_for_write(type(record), instance=record)
        with transaction.atomic(using=alias):
            lock(record, alias)
            self._demanded, self._locked_in = tags, alias
            try:
                return method(self, request, *args, **kwargs)
            finally:
                self._demanded = self._locked_in = None

    conditional.is_conditional = True  # type: ignore[attr-defined]  # so that a class that inherits it does not again
    return conditional


def demanded_tags(request: Any) -> list[str] | None:
    """Return the tags of ``If-Match``, None where it was not sent. Raises ParseError for one that has none."""
    header = request.headers.get("If-Match")
    if header is None:
        return None
    tags = parse_etags(header)
    if not tags:
        raise ParseError(
            _('If-Match takes quoted tags, such as "0123abcd", one or several with commas between them, or *.')
        )
    return list(tags)


def _matches(tags: Iterable[str], record: Model) -> bool:
    """Tell whether the record has one of the tags; weak ones (``W/"…"``) are none of a record that is changed."""
    return "*" in tags or entity_tag(record) in tags


def lock(record: Model, alias: str) -> None:
    """Let nobody else write a record until the transaction ends. Raises Http404 where it is gone."""
    rows = type(record)._base_manager.using(alias).filter(pk=record.pk)
    if connections[alias].features.has_select_for_update:
        # With the documents, since these may be in the table of a parent, whose row is locked, too.
        found = bool(rows.select_for_update().values_list("pk", *attribute_fields(type(record))))
    else:
        # A write that changes nothing: SQLite lets nobody wait who has already read in the transaction.
        name = type(record)._meta.pk.attname
        found = bool(rows.update(**{name: F(name)}))
    if not found:
        raise Http404
