"""Schemas as resources, for those who may edit them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from rest_framework import permissions, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.planning.faults import may_edit_scope
from jsonattrs_django.planning.names import Names
from jsonattrs_django.planning.published import Published
from jsonattrs_django.rest_framework.concurrency import demanded_tags
from jsonattrs_django.rest_framework.exposed import user_of
from jsonattrs_django.rest_framework.parsers import StrictJSONParser
from jsonattrs_django.rest_framework.refusals import Refusals, refused, unknown_name
from jsonattrs_django.rest_framework.schemas.caching import answer_with_tag
from jsonattrs_django.rest_framework.schemas.editing import changed, definition_of, left_out, replaced
from jsonattrs_django.rest_framework.schemas.serializers import SchemaSerializer
from jsonattrs_django.rest_framework.schemas.shown import has_draft, listed, named_field, selector_texts, shown
from jsonattrs_django.rest_framework.schemas.writing import Order, publish, schema_tag, set_retired
from jsonattrs_django.schemas.generation import schema_database

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import QuerySet
    from django.http import QueryDict

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.rest_framework.schemas.writing import Outcome
    from jsonattrs_django.selectors import Texts

__all__ = ["SchemaViewSet"]

_TRUE, _FALSE = {"1", "true"}, {"0", "false"}

#: Keys of attributes in addresses.
_KEY = r"attributes/(?P<key>[A-Za-z0-9_][A-Za-z0-9_-]{0,62})"


class SchemaViewSet(viewsets.GenericViewSet):
    """The schemas that a user may edit: list, create, read, replace, change one attribute, retire and restore.

    ``JSONATTRS["SCHEMA_PERMISSION"]`` decides which these are; the others are as if they were not there. Every change
    takes effect at once, in one transaction, and answers with what it means for the records; with ``?dry_run=1`` it
    only answers. With ``If-Match`` it is made only if the schema is what the client has read (412). What is wrong with
    a schema is 400, with the place in the document. No change erases a stored value.
    """

    serializer_class = SchemaSerializer
    permission_classes = (permissions.IsAuthenticated,)
    parser_classes = (StrictJSONParser,)
    renderer_classes = (JSONRenderer,)
    filter_backends = ()
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Any]:
        """Return the schemas, those included that the user may not edit."""
        records = SchemaRecord.objects.using(schema_database())
        found: QuerySet[Any] = records.select_related("content_type").prefetch_related("selectors").order_by("pk")
        return found

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Do what every view does first, and refuse a write that says what nobody reads, such as a misspelt dry run."""
        super().initial(request, *args, **kwargs)
        if request.method not in permissions.SAFE_METHODS:
            _demand_known(request.query_params, ("dry_run", str(self.settings.URL_FORMAT_OVERRIDE)))

    # ---- reading ----

    def list(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Return the schemas that the user may edit, retired ones too; ``?model=`` and ``?field=`` choose some."""
        params = request.query_params
        wanted = named_field({"model": params["model"], "field": params.get("field")}) if "model" in params else None
        places = ((record, self._place(record)) for record in self.get_queryset())
        found = [listed(record, *place) for record, place in places if place and wanted in (None, place[0])]
        page = self.paginate_queryset(found)
        return Response(found) if page is None else self.get_paginated_response(page)

    def retrieve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Return a schema with what it is bound to, as it is published."""
        now = self._published()
        return answer_with_tag(request, schema_tag(now), lambda: shown(now))

    def _place(self, record: SchemaRecord) -> tuple[JSONAttributeField, Texts] | None:
        """Return the field and the scope of a schema, None of one that the user may not edit, or nobody any more."""
        field = record.attribute_field
        if field is None:
            return None
        texts = record.texts
        is_whole = len(texts) == len(field.selectors)
        return (field, texts) if is_whole and may_edit_scope(user_of(self), field, texts) else None

    def get_object(self) -> SchemaRecord:
        """Return the schema that is asked for. Raises NotFound for one that the user may not edit, too."""
        record: SchemaRecord | None = self.get_queryset().filter(pk=self.kwargs[self.lookup_field]).first()
        if record is None or self._place(record) is None:
            raise NotFound(_("There is no such schema."))
        self.check_object_permissions(self.request, record)
        return record

    def _published(self) -> Published:
        """Return what is published of that schema. Raises NotFound."""
        record = self.get_object()
        field: Any = record.attribute_field  # there is one, since somebody may edit it
        return Published(field, record.texts, record)

    # ---- writing ----

    def create(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Define the schema of a scope that has none."""
        given = self._given(partial=False)
        field = named_field(given)
        texts = selector_texts(field, given.get("selectors") or {})
        if not may_edit_scope(user_of(self), field, texts) or not Names(field, [texts]).is_there(texts):
            raise NotFound(_("There is no such scope of which you may edit the schema."))

        def edit(now: Published) -> Mapping[str, Any]:
            if now.record is not None:
                text = _("This scope has a schema already, perhaps a retired one: replace or restore that.")
                raise ValidationError({"selectors": [text]}, "unique")
            schema: Mapping[str, Any] = given["schema"]
            return schema

        return self._answer(publish(field, texts, edit, self._order()))

    def update(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Replace a schema. Attributes that are left out are retired; a retired schema is in force again."""
        now, given = self._published(), self._given(partial=True)
        if "schema" not in given:
            raise ValidationError({"schema": [_("Give the whole schema.")]}, "required")
        _demand_same_place(now, given)
        schema: Mapping[str, Any] = given["schema"]
        return self._answer(publish(now.field, now.texts, lambda _now: schema, self._order()))

    def _given(self, *, partial: bool) -> dict[str, Any]:
        serializer = self.get_serializer(data=self.request.data, partial=partial)
        serializer.is_valid(raise_exception=True)
        given: dict[str, Any] = serializer.validated_data
        return given

    def _order(self) -> Order:
        """Return who wants a change, and on which condition. Raises ValidationError, ParseError."""
        said = self.request.query_params.get("dry_run", "0").lower()
        if said not in _TRUE | _FALSE:
            raise ValidationError({"dry_run": [_("Say 1 or 0.")]}, "invalid")
        return Order(user_of(self), demanded_tags(self.request), said in _TRUE)

    def _answer(self, outcome: Outcome) -> Response:
        """Return what a change has done, or would do."""
        change, is_dry = outcome.change, self._order().dry_run
        if is_dry:
            told = shown(change.now, change.after, retired=change.after is None)
        else:
            told = shown(outcome.now)
        response = Response(
            {**told, "dry_run": is_dry, "has_draft": has_draft(change.now), "impact": outcome.impact},
            status.HTTP_201_CREATED if outcome.is_new else status.HTTP_200_OK,
        )
        if not is_dry:
            response.headers["ETag"] = schema_tag(outcome.now)
        if outcome.is_new and self.basename:
            response.headers["Location"] = self.reverse_action("detail", args=[told["id"]])
        return response

    # ---- one attribute ----

    @action(detail=True, url_path=_KEY)
    def attribute(self, request: Any, key: str, *args: Any, **kwargs: Any) -> Any:
        """Return what a schema says about one attribute."""
        now = self._published()
        definition = definition_of(now, key)
        return answer_with_tag(request, schema_tag(now), lambda: definition)

    @attribute.mapping.put
    def replace_attribute(self, request: Any, key: str, *args: Any, **kwargs: Any) -> Response:
        """Define one attribute, or define it anew."""
        definition = _definition(request.data)
        return self._edit(lambda now: replaced(now, key, definition))

    @attribute.mapping.patch
    def change_attribute(self, request: Any, key: str, *args: Any, **kwargs: Any) -> Response:
        """Give some properties of an attribute other values; of an inherited one, for this scope and those below."""
        properties = _definition(request.data)
        return self._edit(lambda now: changed(now, key, properties))

    @attribute.mapping.delete
    def leave_out_attribute(self, request: Any, key: str, *args: Any, **kwargs: Any) -> Response:
        """Take back what a schema says about an attribute: one of its own is retired, and its values stay stored."""
        return self._edit(lambda now: left_out(now, key))

    def _edit(self, edit: Callable[[Published], Mapping[str, Any]]) -> Response:
        now = self._published()
        return self._answer(publish(now.field, now.texts, edit, self._order()))

    # ---- the whole schema ----

    @action(detail=True, methods=["post"])
    def retire(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Let a schema apply to no record. Values stay stored."""
        return self._set_retired(retired=True)

    @action(detail=True, methods=["post"])
    def restore(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Let a retired schema apply again."""
        return self._set_retired(retired=False)

    def _set_retired(self, *, retired: bool) -> Response:
        now = self._published()
        return self._answer(set_retired(now.field, now.texts, self._order(), retired=retired))


def _demand_known(query: QueryDict, known: tuple[str, ...]) -> None:
    """Raise ValidationError for parameters that there are not, and such as are there twice."""
    refusals = Refusals()
    for name in query:
        if name not in known:
            refusals.add(name, unknown_name(_("There is no parameter named %(name)s."), name, known[:1]))
        elif len(query.getlist(name)) > 1:
            refusals.add(name, refused("repeated", _("Give one value.")))
        if refusals.is_full:
            break
    refusals.raise_any()


def _definition(data: Any) -> Mapping[str, Any]:
    """Return a definition that was sent. Raises ValidationError for what is no object."""
    if not isinstance(data, dict):
        raise ValidationError([_("Enter an object with named members.")], "not_an_object")
    return data


def _demand_same_place(now: Published, given: Mapping[str, Any]) -> None:
    """Raise ValidationError where a request names another field, or another scope, than a schema is bound to."""
    place = {"model": now.field.model._meta.label, "field": now.field.name}
    text = [_("A schema stays what it is bound to.")]
    if named_field({**place, **{name: given[name] for name in place if name in given}}) != now.field:
        raise ValidationError({"model": text}, "invalid")
    if "selectors" in given and selector_texts(now.field, given["selectors"] or {}) != now.texts:
        raise ValidationError({"selectors": text}, "invalid")
