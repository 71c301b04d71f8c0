"""What a language model is asked to do: to analyse samples, of which nothing is stored, and to draft texts.

Where a worker does it the answer is 202, with the address at which to ask how far it is; else it is there at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError as DjangoValidationError
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.fields import get_error_detail
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.throttling import ScopedRateThrottle

from jsonattrs_django.rest_framework.errors import ProblemDetail
from personas import work
from personas.analysing import check_sample
from personas.api.frame import AuthorMixin
from personas.api.serializers import ContentSerializer
from personas.transfer import KnownFieldsMixin
from personas.writing import check_topic

if TYPE_CHECKING:
    from collections.abc import Mapping

    from personas.language_model import ModelError
    from personas.models import Persona
    from personas.work import Work

__all__ = ["Analyse", "ModelFailed", "PersonaModelMixin", "WorkInProgress"]


class ModelFailed(APIException):
    """The language model gave no answer, or none that can be used."""

    def __init__(self, error: ModelError) -> None:
        self.status_code = status.HTTP_504_GATEWAY_TIMEOUT if error.code == "timeout" else status.HTTP_502_BAD_GATEWAY
        super().__init__(ProblemDetail(error.message, error.code, {"retryable": error.retryable}), error.code)


# ---- what is sent ----


class SampleSerializer(KnownFieldsMixin, serializers.Serializer):
    """A sample of somebody's writing. It is data: whatever it says, it can set nothing."""

    sample = serializers.CharField(trim_whitespace=False)

    def validate_sample(self, value: str) -> str:
        """Return the sample without white space around it, neither too short nor too long."""
        return check_sample(value)


class TopicSerializer(KnownFieldsMixin, serializers.Serializer):
    """What a text shall be about."""

    topic = serializers.CharField(trim_whitespace=False)

    def validate_topic(self, value: str) -> str:
        """Return the topic without white space around it, not too long."""
        return check_topic(value)


# ---- what is answered ----


class ProposalProblemSerializer(serializers.Serializer):
    """Something that the model said and that the schema of the author's personas refuses."""

    attribute = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()
    params = serializers.DictField()


class AnalysisSerializer(serializers.Serializer):
    """What a model proposes for a sample: nothing of it is stored. To store it, write it to a persona."""

    model = serializers.CharField(help_text="What the language model is called.")
    attributes = serializers.DictField(source="values", help_text="Values that a persona may have, by attribute.")
    problems = ProposalProblemSerializer(many=True, help_text="What the model said besides, and is left out.")


class PersonaAnalysisSerializer(AnalysisSerializer):
    """The same beside what is stored of a persona."""

    stored = serializers.DictField(help_text="The values that the persona has, by attribute.")


class WorkErrorSerializer(serializers.Serializer):
    """Why there is no result."""

    code = serializers.CharField()
    message = serializers.CharField()
    retryable = serializers.BooleanField(help_text="Whether the same may work a little later.")


class WorkSerializer(serializers.Serializer):
    """Work for a language model, and what came of it."""

    id = serializers.CharField()
    is_finished = serializers.BooleanField()
    analysis = AnalysisSerializer(allow_null=True)
    content = ContentSerializer(source="piece", allow_null=True)
    error = WorkErrorSerializer(allow_null=True)


_UNDER_WAY = OpenApiResponse(WorkSerializer, "A worker is at it: ask at the address in the header `Location`.")
_FAILED = {
    429: OpenApiResponse(description="Too many requests; the header `Retry-After` has the seconds to wait."),
    502: OpenApiResponse(description="The language model gave no answer that can be used; nothing is stored."),
    504: OpenApiResponse(description="The language model took too long; nothing is stored."),
}


def _given(serializer_class: type[serializers.Serializer], request: Any) -> Mapping[str, Any]:
    serializer = serializer_class(data=request.data)
    serializer.is_valid(raise_exception=True)
    given: Mapping[str, Any] = serializer.validated_data
    return given


def _under_way(started: Work, request: Any) -> Response | None:
    """Return the answer to work that a worker is at; None where it is done. Raises ModelFailed."""
    if started.error is not None:
        raise ModelFailed(started.error)
    if started.is_finished:
        return None
    address = reverse("personas_api:work", args=[started.id], request=request)
    return Response(WorkSerializer(started).data, status=status.HTTP_202_ACCEPTED, headers={"Location": address})


# ---- the views ----


class ThrottledMixin:
    """Not more often than the rate ``model`` says, whatever is asked of the model."""

    throttle_classes = (ScopedRateThrottle,)
    throttle_scope = "model"


class Analyse(ThrottledMixin, AuthorMixin, GenericAPIView):
    """Analyse a sample of writing."""

    serializer_class = SampleSerializer

    @extend_schema(request=SampleSerializer, responses={200: AnalysisSerializer, 202: _UNDER_WAY, **_FAILED})
    def post(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Return what the language model proposes for a persona that writes like a sample. Nothing is stored."""
        started = work.start_analysis(self.author, _given(SampleSerializer, request)["sample"])
        return _under_way(started, request) or Response(AnalysisSerializer(started.analysis).data)


class PersonaModelMixin:
    """Gives a viewset of personas ``<id>/analyse/`` and ``<id>/generate/``."""

    author: Any
    get_object: Any
    throttle_scope: str | None = None  #: that of the actions; everything else is asked as often as one likes

    @extend_schema(request=SampleSerializer, responses={200: PersonaAnalysisSerializer, 202: _UNDER_WAY, **_FAILED})
    @action(detail=True, methods=["post"], throttle_classes=[ScopedRateThrottle], throttle_scope="model")
    def analyse(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Return what the language model proposes for a sample, beside what is stored. Nothing is changed."""
        persona: Persona = self.get_object()
        started = work.start_analysis(self.author, _given(SampleSerializer, request)["sample"])
        under_way = _under_way(started, request)
        if under_way is not None:
            return under_way
        return Response({**AnalysisSerializer(started.analysis).data, "stored": persona.attrs.dump()})

    @extend_schema(request=TopicSerializer, responses={201: ContentSerializer, 202: _UNDER_WAY, **_FAILED})
    @action(detail=True, methods=["post"], throttle_classes=[ScopedRateThrottle], throttle_scope="model")
    def generate(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Draft a text about a topic in the voice of a persona, which is stored as a draft."""
        persona: Persona = self.get_object()
        topic = _given(TopicSerializer, request)["topic"]
        try:
            started = work.start_draft(self.author, persona, topic)
        except DjangoValidationError as error:
            raise ValidationError({"persona": get_error_detail(error)}) from None
        under_way = _under_way(started, request)
        if under_way is not None:
            return under_way
        address = reverse("personas_api:content-detail", args=[started.piece.pk], request=request)
        told = ContentSerializer(started.piece, context=self.get_serializer_context()).data
        return Response(told, status=status.HTTP_201_CREATED, headers={"Location": address})


@extend_schema_view(
    get=extend_schema(parameters=[OpenApiParameter("id", str, OpenApiParameter.PATH)], responses={200: WorkSerializer})
)
class WorkInProgress(AuthorMixin, GenericAPIView):
    """Work that a worker is at, or has done."""

    serializer_class = WorkSerializer

    def get(self, request: Any, id: str) -> Response:  # noqa: A002 - as the address calls it
        """Return how far a piece of one's own work is, and what came of it."""
        found = work.find(self.author, id)
        if found is None:
            raise NotFound("There is no such work.")
        waiting = {} if found.is_finished else {"Retry-After": "2"}
        return Response(WorkSerializer(found).data, headers=waiting)
