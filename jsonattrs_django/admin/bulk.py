"""The action that sets an attribute of many records: choose it, give the value, see what that changes, do it.

Each step is a page whose form is posted to the list's own address, as Django's own actions do it, so that the list's
filters and "all of them" are as they were. Nothing is kept between the steps but in the page.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import django
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import model_ngettext
from django.core.exceptions import ValidationError
from django.db import router, transaction
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext

from jsonattrs_django.admin.bulk_offers import Offer, offers
from jsonattrs_django.admin.bulk_preview import Change, looks, preview, reasons_of, refusal_of
from jsonattrs_django.admin.logs import logged_name
from jsonattrs_django.errors import AttributeValidationError
from jsonattrs_django.forms import AttributeForm
from jsonattrs_django.forms.written import writer
from jsonattrs_django.references.existence import by_key
from jsonattrs_django.references.type import INTEGERS, Reference
from jsonattrs_django.updates import update_attributes

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["is_step", "set_attribute"]

#: Names of what the pages send, besides the value.
_ATTRIBUTE, _WITHOUT, _BACK, _PREVIEW, _APPLY = "attribute", "without", "_back", "_preview", "_apply"
#: What the names of the value's inputs begin with.
_VALUE = "value"
#: Log entries that are written together.
_LOGGED = 1_000


def is_step(request: Any) -> bool:
    """Tell whether a post comes from one of the pages of the action."""
    return _ATTRIBUTE in request.POST


def set_attribute(model_admin: Any, request: Any, queryset: QuerySet[Any]) -> Any:
    """Return the page of the next step, None where the records have been changed."""
    return _Action(model_admin, request, queryset).response()


class _Action:
    """One step of the action."""

    def __init__(self, model_admin: Any, request: Any, records: QuerySet[Any]) -> None:
        self.admin = model_admin
        self.request = request
        self.records = records

    def response(self) -> Any:
        """Return what answers the post."""
        offer = self._offer
        if offer is None or _BACK in self.request.POST:
            return self._choosing()
        if not ({_PREVIEW, _APPLY} & self.request.POST.keys()) or not self._form.is_valid():
            return self._giving(offer)
        change = Change(offer, self._form.cleaned_data[offer.path], self.records)
        return self._applying(change) if _APPLY in self.request.POST else self._showing(change)

    # ---- what was chosen ----

    @cached_property
    def _offers(self) -> list[Offer]:
        return offers(self.records, self.request.user)

    @cached_property
    def _offer(self) -> Offer | None:
        chosen = self.request.POST.get(_ATTRIBUTE)
        return next((offer for offer in self._offers if offer.path == chosen), None)

    @cached_property
    def _form(self) -> AttributeForm:
        offer, post = self._offer, self.request.POST
        if offer is None:
            raise RuntimeError("a form of no attribute")
        given = post if any(name.startswith(f"{_VALUE}-") for name in post) else None
        return AttributeForm(
            given, schema=offer.schema, attribute_field=offer.field.name, user=self.request.user, prefix=_VALUE
        )

    # ---- the pages ----

    def _choosing(self) -> TemplateResponse:
        ordered = sorted(self._offers, key=lambda offer: offer.group)
        groups = [(name, list(several)) for name, several in groupby(ordered, key=lambda offer: offer.group)]
        return self._page("choose", groups=groups, count=self.records.count(), chosen=self.request.POST.get(_ATTRIBUTE))

    def _giving(self, offer: Offer) -> TemplateResponse:
        form = self._form
        media, rows = self.admin.media + form.media, [form[offer.path]]
        return self._page("give", media=media, offer=offer, form=form, rows=rows, count=self.records.count())

    def _showing(self, change: Change, refused: AttributeValidationError | None = None) -> TemplateResponse:
        found = preview(change, self.admin, self.request)
        if refused is not None and refused.instance is not None and refused.instance.pk not in found.refused_keys:
            reasons = reasons_of(refused.problems, self.request.user, change, refused.instance)
            found.refused_keys.append(refused.instance.pk)
            found.refused.insert(0, refusal_of(self.admin, refused.instance, reasons))
        return self._page(
            "preview",
            offer=change.offer,
            preview=found,
            text=self._text_of(change),
            sent=[(name, value) for name, value in self._sent() if name.startswith(f"{_VALUE}-")],
            without_name=_WITHOUT,
        )

    def _sent(self) -> list[tuple[str, str]]:
        return [(name, value) for name, several in self.request.POST.lists() for value in several]

    def _text_of(self, change: Change) -> str:
        """Return the new value as people read it."""
        values = change.value if isinstance(change.value, list) else [change.value]
        keys = {value.pk for value in values if isinstance(value, Reference)}
        shown = change.value
        if keys:
            rows = by_key(change.offer.attribute, keys, self.records.db)
            several = [rows.get(getattr(value, "pk", None), value) for value in values]
            shown = several if isinstance(change.value, list) else several[0]
        return writer(self._form[change.offer.path].section.prototypes.fields[change.offer.name])(shown)

    def _page(self, step: str, **more: Any) -> TemplateResponse:
        options = self.admin.opts
        context = {
            **self.admin.admin_site.each_context(self.request),
            "title": gettext("Set an attribute"),
            "opts": options,
            "step": step,
            "is_trail_listed": django.VERSION >= (6, 1),  # the admin's style knows either a list or links in a row
            "media": self.admin.media,
            "selected": self.request.POST.getlist(ACTION_CHECKBOX_NAME),
            "selected_name": ACTION_CHECKBOX_NAME,
            "select_across": self.request.POST.get("select_across", "0"),
            "objects_name": model_ngettext(self.records.model, 2),
            **more,
        }
        self.request.current_app = self.admin.admin_site.name
        return TemplateResponse(self.request, "admin/jsonattrs/records/bulk.html", context)

    # ---- doing it ----

    def _applying(self, change: Change) -> Any:
        """Change the records, all but those that the page said to be refused, or none. Returns a page where one is."""
        keys = [key for key in self.request.POST.getlist(_WITHOUT) if self._is_key(key)]
        change = change._replace(records=self.records.exclude(pk__in=keys) if keys else self.records)
        try:
            with transaction.atomic(using=router.db_for_write(self.records.model)):
                count = self._write(change)
        except AttributeValidationError as error:
            said = gettext("Nothing was changed: a record refuses the value.")
            self.admin.message_user(self.request, said, messages.ERROR)
            return self._showing(change._replace(records=self.records), error)
        message = ngettext(
            "%(count)s %(name)s was changed successfully.", "%(count)s %(name)s were changed successfully.", count
        )
        told = {"count": count, "name": model_ngettext(self.records.model, count)}
        self.admin.message_user(self.request, message % told, messages.SUCCESS)
        if keys:
            self._tell_of_the_rest(keys)
        return None

    def _tell_of_the_rest(self, keys: list[str]) -> None:
        count = self.records.filter(pk__in=keys).count()
        message = ngettext(
            "%(count)s %(name)s was left as it is, since it refuses the value.",
            "%(count)s %(name)s were left as they are, since they refuse the value.",
            count,
        )
        told = {"count": count, "name": model_ngettext(self.records.model, count)}
        if count:
            self.admin.message_user(self.request, message % told, messages.WARNING)

    def _is_key(self, text: str) -> bool:
        try:
            key = self.records.model._meta.pk.to_python(text)
        except (ValidationError, TypeError, ValueError):  # whatever a page was made to send
            return False
        return not isinstance(key, int) or key in INTEGERS

    def _write(self, change: Change) -> int:
        """Write to the log and to the records. Raises AttributeValidationError."""
        forbidden: list[Any] = []
        count = 0
        changed: list[Any] = []
        for look in looks(change, self.admin, self.request):
            if look.is_forbidden:
                forbidden.append(look.record.pk)
            elif not look.is_same:
                changed.append(look.record)
                count += 1
            if len(changed) >= _LOGGED:
                self._log(change, changed)
                changed = []
        self._log(change, changed)
        records = change.records.exclude(pk__in=forbidden) if forbidden else change.records
        update_attributes(records, {change.offer.name: change.value}, field=change.offer.field.name)
        return count

    def _log(self, change: Change, records: list[Any]) -> None:
        name = logged_name(change.offer.attribute, change.offer.default_language)
        if records:
            LogEntry.objects.log_actions(
                user_id=self.request.user.pk,
                queryset=records,
                action_flag=CHANGE,
                change_message=[{"changed": {"fields": [name]}}],
            )
