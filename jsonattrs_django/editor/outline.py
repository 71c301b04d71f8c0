"""What of a tree of scopes a page shows: as much as people can look through, and where the rest is."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from jsonattrs_django.editor.access import address, label_of_field
from jsonattrs_django.planning.names import title_of_selector

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jsonattrs_django.editor.scopes import Node, Tree
    from jsonattrs_django.selectors import Texts

__all__ = ["Branch", "Group", "Outline"]

#: Scopes that a page shows, of those under one another, and of all.
_OF_ONE, _OF_ALL = 50, 400
#: Scopes of one page of those under the scope that it is about.
_OF_PAGE = 100
#: Scopes that a search finds.
_FOUND = 200


@dataclass(eq=False)
class Branch:
    """One scope as it is shown."""

    node: Node
    name: str
    url: str  #: of the page of its schema, nothing where the user may not edit it
    inside_url: str  #: of the page that shows what stands under it, where this one does not
    groups: list[Group] = field(default_factory=list)

    @property
    def records_shown(self) -> str:
        """How many records it has, as people write numbers."""
        return number_format(self.node.records, force_grouping=True)


@dataclass(eq=False)
class Group:
    """The scopes under another one that one selector tells apart."""

    title: str
    count: int
    branches: list[Branch]
    is_open: bool
    more_url: str = ""  #: of a page that shows all of them

    @property
    def hidden(self) -> int:
        """How many are not shown."""
        return self.count - len(self.branches)

    @property
    def count_shown(self) -> str:
        """How many there are, as people write numbers."""
        return number_format(self.count, force_grouping=True)

    @property
    def hidden_shown(self) -> str:
        """How many are not shown, as people write numbers."""
        return number_format(self.hidden, force_grouping=True)


class Outline:
    """What is shown of one tree: all of it or what stands under a scope, what matches a search, one page of it."""

    def __init__(self, tree: Tree, site: str, *, is_part: bool = False, query: str = "", page: int = 1) -> None:
        self._tree = tree
        self._site = site
        self.query = query.strip()
        self.page = page
        self.found = 0  #: scopes that match the search
        self.pages = 1
        self.is_part = is_part
        root = _node_at(tree.root, tree.under) if is_part else tree.root
        self._kept = self._matching(root) if root is not None and self.query else None
        nothing = root is None or (self._kept is not None and not self._kept)
        self.root: Branch | None = None if nothing else self._shown(root)

    @property
    def not_shown(self) -> int:
        """How many of those that match the search are not shown."""
        return max(0, self.found - _FOUND)

    @property
    def label(self) -> str:
        """What the field is called in addresses."""
        return label_of_field(self._tree.field)

    @property
    def title(self) -> str:
        """What the records are called; where the model has several attribute fields, with the field's name."""
        options = self._tree.field.model._meta
        title = capfirst(str(options.verbose_name_plural))
        several = [each for each in options.concrete_fields if hasattr(each, "schema_selectors")]
        return title if len(several) == 1 else f"{title}: {self._tree.field.verbose_name}"

    def _matching(self, root: Node) -> set[Node]:
        """Return the scopes that match the search, and those that they stand under."""
        kept: set[Node] = set()
        wanted = self.query.casefold()
        stack: list[tuple[Node, tuple[Node, ...]]] = [(root, ())]
        while stack:
            node, above = stack.pop()
            name = node.schema.name if node.schema is not None else ""
            if node.is_editable and (wanted in node.label.casefold() or wanted in name.casefold()):
                self.found += 1
                if self.found <= _FOUND:
                    kept.update((*above, node))
            stack += [(child, (*above, node)) for child in reversed(node.children)]
        return kept

    def _shown(self, root: Any) -> Branch:
        """Return the branches, level by level until there are enough on the page."""
        top = self._branch(root)
        waiting = deque([top])
        budget = _OF_ALL
        while waiting:
            branch = waiting.popleft()
            for place, several in groupby(branch.node.children, key=lambda node: node.place):
                nodes = [node for node in several if self._kept is None or node in self._kept]
                group = self._group(branch, place, nodes, is_top=branch is top, budget=budget)
                if nodes and (group.branches or branch is not top):
                    branch.groups.append(group)
                    waiting += group.branches
                    budget -= len(group.branches)
        return top

    def _group(self, branch: Branch, place: int, nodes: list[Node], *, is_top: bool, budget: int) -> Group:
        selector = self._tree.field.selectors[place]
        plural = selector.target._meta.verbose_name_plural if selector.target is not None else None
        chosen = self._chosen(nodes, budget, is_top=is_top)
        return Group(
            capfirst(str(plural)) if plural else title_of_selector(selector),
            len(nodes),
            [self._branch(node) for node in chosen],
            is_open=is_top or self._kept is not None or len(nodes) == 1,
            more_url="" if is_top and self.is_part else self.url_of_part(branch.node.placed),
        )

    def _chosen(self, nodes: Sequence[Node], budget: int, *, is_top: bool) -> Sequence[Node]:
        """Return those of some scopes that are shown: all; a page; or those that have schemas, and many records."""
        if self._kept is not None:
            return nodes
        if is_top and self.is_part:
            self.pages = max(self.pages, -(-len(nodes) // _OF_PAGE))
            return nodes[(self.page - 1) * _OF_PAGE : self.page * _OF_PAGE]
        most = min(_OF_ONE, max(budget, 0))
        if len(nodes) <= most:
            return nodes
        first = {*sorted(nodes, key=lambda node: (not node.is_used, -node.records))[:most]}
        return [node for node in nodes if node in first]

    def _branch(self, node: Node) -> Branch:
        target = self._tree.field
        url = address("schema", target, node.texts, self._site) if node.is_editable else ""
        if node.place < 0:
            name = _("All %(records)s") % {"records": target.model._meta.verbose_name_plural}
            return Branch(node, name, url, "")
        return Branch(node, node.label, url, self._inside(node))

    def _inside(self, node: Node) -> str:
        """Return the address of what stands under a scope at which the tree ends, though there may be more."""
        bound = sum(text is not None for text in node.placed)
        is_last = node.place == len(self._tree.field.selectors) - 1
        return self.url_of_part(node.placed) if node.records and not is_last and bound == self._tree.ends_at else ""

    @property
    def page_links(self) -> list[tuple[int, str]]:
        """The numbers and addresses of the pages."""
        placed = self.root.node.placed if self.root is not None else ()
        return [(page, self.url_of_part(placed, page)) for page in range(1, self.pages + 1)]

    def url_of_part(self, placed: Texts, page: int = 1) -> str:
        """Return the address of the page that shows what stands under a scope."""
        query = QueryDict(mutable=True)
        query["_in"] = self.label
        for selector, text in zip(self._tree.field.selectors, placed, strict=True):
            if text is not None:
                query[selector.name] = text
        if page > 1:
            query["_page"] = str(page)
        path = reverse("admin:jsonattrs_schemarecord_changelist", current_app=self._site)
        return f"{path}?{query.urlencode()}"


def _node_at(root: Node | None, placed: Texts) -> Node | None:
    """Return the scope that stands at a place, None where there is none."""
    stack = [root] if root is not None else []
    while stack:
        node = stack.pop()
        if node.placed == placed and not node.is_aside:
            return node
        stack += node.children
    return None
