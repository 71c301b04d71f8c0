"""Lists in pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.core.paginator import Page, Paginator
    from django.db.models import QuerySet

__all__ = ["PagesMixin"]


class PagesMixin:
    """A list of which a page that is gone, as its last row was deleted, is the last page that there is."""

    def paginate_queryset(self, queryset: QuerySet[Any], page_size: int) -> tuple[Paginator, Page, Any, bool]:
        """Return the page that was asked for; of a number that makes no sense the first."""
        paginator = self.get_paginator(queryset, page_size)  # type: ignore[attr-defined]  # of the view
        page = paginator.get_page(self.request.GET.get("page"))  # type: ignore[attr-defined]
        return paginator, page, page.object_list, page.has_other_pages()
