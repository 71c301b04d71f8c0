"""Who may do what.

Anybody may look at the register, but for what is personal. Whoever works for an organisation sees and edits all of its
records, and some decide which attributes these have. Superusers may do everything. The three functions at the end are
those that ``JSONATTRS`` in the settings names, so that forms, the admin and the schema editor ask them too.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser

from landregistry.models import Membership, Party, Project, SpatialUnit

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from jsonattrs_core import Attribute

__all__ = [
    "Rights",
    "may_edit_schema",
    "may_refer_to",
    "may_use_attribute",
    "rights_of",
    "shown_projects",
    "viewer",
]

#: Keys of the attributes that are nobody's business but the organisation's.
PERSONAL = {"address", "birth_date", "evidence", "national_id", "phone", "tax_number"}


class Rights:
    """What a user may do, by organisation."""

    def __init__(self, user: Any) -> None:
        self.everything = bool(user.is_active and user.is_superuser)
        found = Membership.objects.filter(user_id=user.pk) if user.is_active and not self.everything else ()
        #: Organisations whose records the user edits, and whether their schemas, too.
        self._memberships = {each.organization_id: each.edits_schemas for each in found}

    def edits_records_of(self, organization: int) -> bool:
        """Tell whether the user edits the records of an organisation, given by its key."""
        return self.everything or organization in self._memberships

    def edits_schemas_of(self, organization: int) -> bool:
        """Tell whether the user decides which attributes the records of an organisation have."""
        return self.everything or self._memberships.get(organization, False)

    @cached_property
    def projects_with_schemas(self) -> set[int]:
        """The keys of the projects whose schemas the user edits."""
        mine = [organization for organization, edits in self._memberships.items() if edits]
        return set(Project.objects.filter(organization__in=mine).values_list("pk", flat=True))

    @property
    def projects(self) -> QuerySet[Project]:
        """The projects whose records the user edits."""
        rows = Project.objects.select_related("organization").order_by("organization__name", "name")
        return rows if self.everything else rows.filter(organization__in=self._memberships)

    @property
    def edits_any(self) -> bool:
        """Tell whether the user edits anything at all."""
        return self.everything or bool(self._memberships)


def rights_of(user: Any) -> Rights:
    """Return the rights of a user, which are looked up once for each request."""
    found: Rights | None = getattr(user, "_rights", None)
    if found is None:
        found = user._rights = Rights(user)
    return found


def viewer(user: Any, organization: int | None) -> Any:
    """Return who looks at records of an organisation: the user, or anybody where that is somebody else's.

    None are records of several organisations.
    """
    rights = rights_of(user)
    knows = rights.everything if organization is None else rights.edits_records_of(organization)
    return user if knows else AnonymousUser()


def shown_projects(user: Any) -> QuerySet[Project]:
    """Return the projects whose records programs of a user are shown.

    Anybody looks at all of them, without what is personal. Who is signed in sees everything of her own, and no other.
    """
    return Project.objects.order_by("pk") if user.is_anonymous else rights_of(user).projects


# ---- what jsonattrs asks ----


def may_use_attribute(user: Any, action: str, model: type[Model], field: str, attribute: Attribute) -> bool:
    """Tell whether a user may view or change an attribute: whoever is signed in may, others view what is public."""
    return bool(user.is_authenticated) or (action == "view" and attribute.key not in PERSONAL)


def may_edit_schema(user: Any, model: type[Model], field: str, selectors: tuple[Any, ...]) -> bool:
    """Tell whether a user may edit the schema of a scope: one that has only records of her own organisation.

    That is said by the organisation, by the project, or by both; a schema for any organisation is the superusers'.
    """
    rights = rights_of(user)
    organization, project = [*selectors, None, None][:2]
    if rights.everything or (organization is None and project is None):
        return rights.everything
    return (organization is None or rights.edits_schemas_of(organization)) and (
        project is None or project in rights.projects_with_schemas
    )


def may_refer_to(user: Any, rows: QuerySet[Any], attribute: Attribute) -> QuerySet[Any]:
    """Return the records that a user may choose in a reference: those that she edits; nothing else is one."""
    if rows.model not in (Party, SpatialUnit):
        return rows.none()
    return rows.filter(project__in=rights_of(user).projects)
