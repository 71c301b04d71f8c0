"""Answers to requests that cannot be answered otherwise."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException

from jsonattrs_django.rest_framework.concurrency import PreconditionFailed

__all__ = ["Changed", "Conflict", "Refused", "Unusable"]


class Unusable(APIException):
    """The schemas of the scope cannot be used at present, because a plugin is missing or a row was damaged.

    What is wrong with them names schemas, and so it is told to those who edit them only.
    """

    status_code = status.HTTP_409_CONFLICT
    default_detail = _("The schema of this scope cannot be used at present.")
    default_code = "unusable"


class Conflict(APIException):
    """Others change the same schemas at the same time, over and over."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = _("Others are changing these schemas at the same time. Nothing was changed; try again.")
    default_code = "conflict"


class Changed(PreconditionFailed):
    """The schema is another one than ``If-Match`` says."""

    default_detail = _("The schema has changed since you read it. Nothing was changed; read it again.")


class Refused(APIException):
    """A schema is refused: ``problems`` says where in the document, and why."""

    status_code = status.HTTP_400_BAD_REQUEST
    default_code = "invalid"

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        super().__init__({"problems": problems})
        self.detail = {"problems": problems}  # as it was given: REST framework would make texts of the paths
