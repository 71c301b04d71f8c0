"""What an author has asked a language model for: at work, done or failed.

With the immediate backend of tasks, work is finished when it has been started, and cannot be found again; with one that
keeps results, it is found by its id, by its author alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from personas import tasks
from personas.access import pieces_of
from personas.analysing import Analysis
from personas.background import TaskResultDoesNotExist, TaskResultStatus, default_task_backend
from personas.language_model import ModelError
from personas.writing import check_persona

if TYPE_CHECKING:
    from personas.background import TaskResult
    from personas.models import Author, ContentPiece, Persona

__all__ = ["Work", "find", "start_analysis", "start_draft"]


@dataclass(slots=True, kw_only=True)
class Work:
    """Work for a language model; where it is finished, one of ``analysis``, ``piece`` and ``error`` is there."""

    id: str
    is_finished: bool
    analysis: Analysis | None = None
    piece: ContentPiece | None = None
    error: ModelError | None = None


def start_analysis(author: Author, sample: str) -> Work:
    """Have a sample analysed that ``check_sample`` has seen."""
    return _work(author, tasks.analyse_sample.enqueue(author=author.pk, sample=sample))


def start_draft(author: Author, persona: Persona, topic: str) -> Work:
    """Have a text drafted about a topic that ``check_topic`` has seen. ValidationError for an inactive persona."""
    check_persona(persona)
    return _work(author, tasks.write_draft.enqueue(author=author.pk, persona=persona.pk, topic=topic))


def find(author: Author, key: str) -> Work | None:
    """Return an author's work that has this id; None where there is none, which somebody else's is as good as."""
    if not default_task_backend.supports_get_result:
        return None
    try:
        result = default_task_backend.get_result(key)
    except TaskResultDoesNotExist:
        return None
    if result.task.func not in _OURS or result.kwargs.get("author") != author.pk:
        return None
    return _work(author, result)


_OURS = (tasks.analyse_sample.func, tasks.write_draft.func)


def _work(author: Author, result: TaskResult) -> Work:
    work = Work(id=result.id, is_finished=result.is_finished)
    if result.status == TaskResultStatus.SUCCESSFUL:
        _read(work, author, result.return_value)
    elif result.is_finished:  # an error that nobody expected, which the log tells
        work.error = ModelError("failed", "Something went wrong here. Try again later.", retryable=True)
    return work


def _read(work: Work, author: Author, said: dict[str, Any]) -> None:
    if "error" in said:
        work.error = ModelError(**said["error"])
    elif "analysis" in said:
        work.analysis = Analysis.from_json(said["analysis"])
    else:
        work.piece = pieces_of(author).filter(pk=said["piece"]).first()
        if work.piece is None:
            work.error = ModelError("failed", "The text has been deleted.", retryable=False)
