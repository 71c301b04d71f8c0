"""Django's tasks: part of Django from 6.0 on, and before that the package ``django-tasks``."""

from __future__ import annotations

import django

if django.VERSION >= (6,):
    from django.tasks import TaskResult, TaskResultStatus, default_task_backend, task
    from django.tasks.exceptions import TaskResultDoesNotExist
else:
    from django_tasks import TaskResult, TaskResultStatus, default_task_backend, task
    from django_tasks.exceptions import TaskResultDoesNotExist

__all__ = ["TaskResult", "TaskResultDoesNotExist", "TaskResultStatus", "default_task_backend", "task"]
