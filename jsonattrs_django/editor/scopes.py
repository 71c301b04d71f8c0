"""The tree of scopes: what records and schemas there are, for whom, and how many records lie under each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count

from jsonattrs_django.conf import DEFAULTS, setting
from jsonattrs_django.editor.access import may_edit_scope
from jsonattrs_django.models import AttributeRecord, DraftRecord
from jsonattrs_django.planning.counting import records_in
from jsonattrs_django.planning.names import Names
from jsonattrs_django.schemas.generation import schema_database
from jsonattrs_django.selectors import generalisations
from jsonattrs_django.targets import all_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.models import SchemaRecord
    from jsonattrs_django.selectors import Texts

__all__ = ["Node", "Tree", "may_edit_something"]

#: Values of a plain selector of which each scope shows all, whatever stands between.
_FEW = 20
#: Scopes of which a tree shows all; of more it shows one level at a time.
_MANY = 2_000
#: Rows of a selector that are looked at for the question whether a user may edit any schema.
_ROWS = 500


@dataclass(eq=False)
class Node:
    """One scope in the tree."""

    texts: Texts  #: what a schema of it is bound to
    placed: Texts  #: the same with what its rows imply, which says where it stands
    label: str = ""
    is_editable: bool = False  #: for the user; another one is there because of what stands under it
    records: int = 0
    schema: SchemaRecord | None = None
    draft: DraftRecord | None = None
    defined: int = 0  #: attributes that its schema defines
    changed: int = 0  #: inherited ones of which its schema says something else
    children: list[Node] = field(default_factory=list)

    def __post_init__(self) -> None:
        #: The place of the selector that tells it from its parent, -1 of the scope of all records.
        self.place = max((place for place, text in enumerate(self.placed) if text is not None), default=-1)

    @property
    def is_aside(self) -> bool:
        """Tell whether it stands beside the scope of the same rows that says more: any organisation, this project."""
        return self.texts != self.placed

    @cached_property
    def is_used(self) -> bool:
        """Tell whether it, or a scope under it, has a schema or a draft."""
        return bool(self.schema or self.draft or any(child.is_used for child in self.children))


class Tree:
    """The scopes of one attribute field of which a user may edit the schema, and what they stand under."""

    def __init__(
        self, target: JSONAttributeField, user: Any, *, under: Texts | None = None, whole: bool = False
    ) -> None:
        self.field = target
        self.under: Texts = under or (None,) * len(target.selectors)  #: only what stands under this scope is wanted
        #: The number of selectors that bind the scopes at which it ends, though more stand under them; None if none do.
        self.ends_at: int | None = None
        self._whole = whole
        self._user = user
        self._kind = ContentType.objects.db_manager(schema_database()).get_for_model(target.model)

    # ---- what there is ----

    @cached_property
    def schemas(self) -> dict[Texts, SchemaRecord]:
        """The schemas, be they retired, by what they are bound to."""
        records = self.field.schemas.records(schema_database())
        found = {
            record.texts: record for record in records.select_related("content_type").prefetch_related("selectors")
        }
        return {texts: record for texts, record in found.items() if len(texts) == len(self.field.selectors)}

    @cached_property
    def _keys(self) -> dict[int, set[str]]:
        """The keys that each schema says something about: one query."""
        ids = [record.pk for record in self.schemas.values()]
        kind = {"schema__content_type": self._kind, "schema__field": self.field.name}
        found: dict[int, set[str]] = {pk: set() for pk in ids}
        for pk, key in AttributeRecord.objects.using(schema_database()).filter(**kind).values_list("schema_id", "key"):
            found.setdefault(pk, set()).add(key)
        return found

    def _said(self, texts: Texts) -> tuple[int, int]:
        """Return how many attributes the schema of a scope defines, and of how many inherited ones it changes."""
        record = self.schemas.get(texts)
        if record is None:
            return 0, 0
        above = (self.schemas.get(general) for general in generalisations(texts) if general != texts)
        inherited = {key for each in above if each is not None and not each.is_retired for key in self._keys[each.pk]}
        changed = len(self._keys[record.pk] & inherited)
        return len(self._keys[record.pk]) - changed, changed

    @cached_property
    def drafts(self) -> dict[Texts, DraftRecord]:
        """The drafts, by what they are bound to."""
        rows = DraftRecord.objects.using(schema_database()).filter(content_type=self._kind, field=self.field.name)
        found = {self.field.selectors.fitted(tuple(row.texts)): row for row in rows.defer("document")}
        return {texts: row for texts, row in found.items() if len(texts) == len(self.field.selectors)}

    @cached_property
    def _combinations(self) -> Counter[Texts]:
        """How many records there are of each combination of selector values: one query."""
        rows = records_in(self.field, self.under).order_by()
        lookups = [selector.lookup for selector in self.field.selectors]
        if not lookups:
            return Counter({(): rows.count()})
        found: Counter[Texts] = Counter()
        grouped = rows.values(*lookups).annotate(jsonattrs_records=Count("*"))
        for *raw, count in grouped.values_list(*lookups, "jsonattrs_records"):
            found[self.field.selectors.texts(raw)] += count
        return found

    @cached_property
    def _scopes(self) -> set[Texts]:
        """The scopes that schemas and drafts are bound to, and those that records suggest."""
        found = {(None,) * len(self.field.selectors), *self.schemas, *self.drafts}
        last = len(self.field.selectors) - 1
        suggests = last > 0 and self.field.selectors[last].target is None
        suggests = suggests and len({texts[last] for texts in self._combinations}) <= _FEW
        for texts in self._combinations:
            for width in range(len(texts) + 1):
                first = (*texts[:width], *[None] * (len(texts) - width))
                found.add(first)
                if suggests:
                    found.add((*first[:last], texts[last]))
        return found

    @cached_property
    def _counts(self) -> Counter[Texts]:
        """How many records each scope has: the combinations, rolled up."""
        found: Counter[Texts] = Counter()
        for texts, count in self._combinations.items():
            for general in generalisations(texts):
                if general in self._editable:
                    found[general] += count
        return found

    # ---- the tree ----

    @cached_property
    def _editable(self) -> set[Texts]:
        """The scopes of which the user may edit the schema; of many those of the first levels.

        Of deeper ones it has what has a schema or a draft, and what stands under nothing that the user may edit: that
        is where her part of the tree begins.
        """
        found: set[Texts] = set()
        below: set[Texts] = set()  # what is left out, since it stands under what is there
        for texts in sorted(self._scopes, key=_bound):
            is_under = _parent(texts) in found or _parent(texts) in below
            if is_under and self._is_plain(texts) and self._is_full(texts, found):
                below.add(texts)
            elif may_edit_scope(self._user, self.field, texts):
                found.add(texts)
        if self.ends_at is None:
            return found
        begun = {texts for texts in found if _bound(texts) > self.ends_at and self._is_plain(texts)}
        return found - {texts for texts in begun if _parent(texts) in found}

    def _is_plain(self, texts: Texts) -> bool:
        """Tell whether a scope has neither a schema nor a draft."""
        return texts not in self.schemas and texts not in self.drafts

    def _is_full(self, texts: Texts, found: set[Texts]) -> bool:
        """Tell whether a scope is at a level at which the tree has ended, since there are so many above it."""
        level = _bound(texts)
        if self.ends_at is None and level > self._least and len(found) > _MANY and not self._whole:
            self.ends_at = level - 1
        return self.ends_at is not None and level > self.ends_at

    @property
    def _least(self) -> int:
        """The level down to which a tree goes, however many scopes there are."""
        return 1 + _bound(self.under)

    @cached_property
    def root(self) -> Node | None:
        """The scope of all records with those under it, None where the user may edit none of them."""
        if not self._editable:
            return None
        rows = Names(self.field, [])
        unplaced = [texts for texts in self._editable if rows.implies(texts)]
        rows = Names(self.field, unplaced)
        placed = {texts: rows.placed(texts) for texts in unplaced}
        nodes = [self._node(texts, placed.get(texts, texts)) for texts in self._editable]
        for above in _ancestors(nodes):
            is_editable = may_edit_scope(self._user, self.field, above)
            nodes.append(self._node(above, above) if is_editable else Node(above, above))
        names = Names(self.field, [node.placed for node in nodes])
        for node in nodes:
            node.label = names.label(node.place, node.placed[node.place]) if node.place >= 0 else ""
        return _joined(nodes, self.field)

    def _node(self, texts: Texts, placed: Texts) -> Node:
        defined, changed = self._said(texts)
        return Node(
            texts,
            placed,
            defined=defined,
            changed=changed,
            is_editable=True,
            records=self._counts[texts],
            schema=self.schemas.get(texts),
            draft=self.drafts.get(texts),
        )


def _bound(texts: Texts) -> int:
    """Return how many selectors bind a scope."""
    return sum(text is not None for text in texts)


def _parent(placed: Texts) -> Texts:
    """Return what the scope stands under: what it is without the last selector that it is bound by."""
    last = max((place for place, text in enumerate(placed) if text is not None), default=0)
    return (*placed[:last], *[None] * (len(placed) - last))


def _ancestors(nodes: Iterable[Node]) -> list[Texts]:
    """Return the scopes that these stand under and that are not among them."""
    known = {node.placed for node in nodes if not node.is_aside}
    missing: dict[Texts, None] = {}
    for node in nodes:
        here = node.placed
        while any(text is not None for text in here):
            here = _parent(here)
            if here in known or here in missing:
                break
            missing[here] = None
    return [*missing]


def _joined(nodes: Iterable[Node], target: JSONAttributeField) -> Node:
    """Put each node under its parent, in order, and return the root."""
    by_place = {node.placed: node for node in nodes if not node.is_aside}
    root = by_place[(None,) * len(target.selectors)]
    for node in nodes:
        if node is not root:
            by_place[_parent(node.placed)].children.append(node)
    for node in nodes:
        node.children.sort(key=lambda child: _order(child, target))
    return root


def _order(node: Node, target: JSONAttributeField) -> Any:
    """Return what children are sorted by: plain values, of which there are few, first, then rows, by name."""
    return target.selectors[node.place].target is not None, node.place, node.label.casefold(), node.is_aside


# ---- whether there is anything to edit ----


def may_edit_something(user: Any) -> bool:
    """Tell whether a user may edit the schema of any scope.

    Where a project decides itself, it is asked for the scopes that have schemas, and for some of the rows that schemas
    may be bound to: as many as can be looked at whenever the admin shows its menu.
    """
    fields = all_fields()
    if any(may_edit_scope(user, each, (None,) * len(each.selectors)) for each in fields):
        return True
    if setting("SCHEMA_PERMISSION") == DEFAULTS["SCHEMA_PERMISSION"]:
        return False  # who may not edit one scope may edit none
    return any(may_edit_scope(user, each, texts) for each in fields for texts in _likely_scopes(each))


def _likely_scopes(target: JSONAttributeField) -> Iterator[Texts]:
    width = len(target.selectors)
    records = target.schemas.records(schema_database()).select_related("content_type").prefetch_related("selectors")
    yield from (texts for record in records if len(texts := record.texts) == width)
    for place, selector in enumerate(target.selectors):
        if selector.target is None:
            continue
        keys = selector.target._base_manager.order_by("pk").values_list("pk", flat=True)[:_ROWS]
        several = [tuple(selector.text(key) if here == place else None for here in range(width)) for key in keys]
        names = Names(target, several)
        for texts in several:
            yield texts
            yield names.placed(texts)
