"""Work for a language model, outside the request where a worker does tasks. Failures are results, too."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from personas.access import personas_of
from personas.analysing import analyse
from personas.background import task
from personas.language_model import ModelError
from personas.models import Author, Persona
from personas.writing import write

__all__ = ["analyse_sample", "write_draft"]

_GONE = ModelError("failed", "The persona has been deleted.", retryable=False)


@task
def analyse_sample(author: int, sample: str) -> dict[str, Any]:
    """Return ``{"analysis": …}``, or ``{"error": …}``."""
    try:
        return {"analysis": analyse(Author.objects.get(pk=author), sample).to_json()}
    except ModelError as error:
        return {"error": _told(error)}
    except Author.DoesNotExist:
        return {"error": _told(_GONE)}


@task
def write_draft(author: int, persona: int, topic: str) -> dict[str, Any]:
    """Return ``{"piece": …}`` with the key of the draft, or ``{"error": …}``."""
    try:
        return {"piece": write(personas_of(Author.objects.get(pk=author)).get(pk=persona), topic).pk}
    except ModelError as error:
        return {"error": _told(error)}
    except (Author.DoesNotExist, Persona.DoesNotExist):
        return {"error": _told(_GONE)}
    except ValidationError as error:  # it was active when this was asked for
        return {"error": _told(ModelError("failed", " ".join(error.messages), retryable=False))}


def _told(error: ModelError) -> dict[str, Any]:
    return {"code": error.code, "message": error.message, "retryable": error.retryable}
