"""The accounts of the demonstration, whose password everybody knows: for trying out on one's own machine."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from landregistry.models import Membership, Organization

__all__ = ["ACCOUNTS", "PASSWORD", "Account", "make_accounts", "shown_accounts"]

PASSWORD = "land-registry-demo"  # noqa: S105 - everybody may know it


class Account(NamedTuple):
    """Somebody to sign in as."""

    username: str
    may: Any  #: what she may do, in words
    organization: str | None = None  #: the slug of the one that she works for; a superuser works for none
    edits_schemas: bool = False


ACCOUNTS = (
    Account("admin", _("everything")),
    Account("editor", _("edit the records of Nusantara"), "nusantara"),
    Account("schemas", _("edit the records of the Marches, and their schemas"), "marches", edits_schemas=True),
)


@transaction.atomic
def make_accounts() -> list[str]:
    """Make those that are missing, give all of them the password, and return the names of the new ones."""
    return [account.username for account in ACCOUNTS if _make(account)]


def _make(account: Account) -> bool:
    is_superuser = account.organization is None
    defaults = {"is_superuser": is_superuser, "is_staff": is_superuser or account.edits_schemas}
    user, is_new = get_user_model().objects.get_or_create(username=account.username, defaults=defaults)
    if not user.check_password(PASSWORD):
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    if account.organization is not None:
        Membership.objects.get_or_create(
            user=user,
            organization=Organization.objects.get(slug=account.organization),
            defaults={"edits_schemas": account.edits_schemas},
        )
    return is_new


def shown_accounts() -> list[dict[str, Any]]:
    """Return the accounts to show beside the form for signing in: those that are there, while trying out."""
    if not settings.DEBUG:
        return []
    there = get_user_model().objects.filter(username__in=[account.username for account in ACCOUNTS])
    names = set(there.values_list("username", flat=True))
    return [
        {"username": account.username, "password": PASSWORD, "may": account.may}
        for account in ACCOUNTS
        if account.username in names
    ]
