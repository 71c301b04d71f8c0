"""The admin of records that have attributes."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from jsonattrs_django.admin.bulk import is_step, set_attribute
from jsonattrs_django.admin.changelist import AttributeChangeList
from jsonattrs_django.admin.checks import AttributeInlineChecks, AttributeModelAdminChecks
from jsonattrs_django.admin.editable import list_form
from jsonattrs_django.admin.exporting import exported_file, names_of_exports
from jsonattrs_django.admin.logs import with_attribute_names
from jsonattrs_django.admin.mixin import AttributeAdminMixin
from jsonattrs_django.admin.ordering import ordered_by
from jsonattrs_django.admin.records import with_scopes
from jsonattrs_django.admin.refused import refused_before, with_second_look
from jsonattrs_django.admin.search import Search, has_attributes
from jsonattrs_django.admin.sections import opened
from jsonattrs_django.forms import BaseAttributeInlineFormSet
from jsonattrs_django.forms.asking import asked

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["AttributeModelAdmin", "AttributeStackedInline", "AttributeTabularInline"]


class AttributeModelAdmin(AttributeAdminMixin, admin.ModelAdmin):
    """An admin of records whose attributes are edited, listed, filtered, searched and ordered by like fields.

    ``list_display``, ``list_filter``, ``search_fields``, ``ordering``, ``list_editable``, ``list_display_links``,
    ``sortable_by``, ``fields``, ``fieldsets``, ``exclude`` and ``readonly_fields`` take ``"attrs__score"``. A name that
    no schema knows any more, or that means different things in different scopes, is shown empty, and the log says so
    once. Users see and change those attributes that ``JSONATTRS["ATTRIBUTE_PERMISSION"]`` lets them.
    """

    checks_class = AttributeModelAdminChecks
    actions: Any = ()

    def __init__(self, model: Any, admin_site: Any) -> None:
        super().__init__(model, admin_site)
        if self.actions is not None:
            own = ["set_attribute", *names_of_exports(model)]
            self.actions = [*self.actions, *(name for name in own if name not in self.actions)]

    # ---- the form ----

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return the form class, with the attributes that the user may see."""
        return super().get_form(request, obj, change, **self._form_options(request, obj, kwargs))

    def changeform_view(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Show the form, or save it; what is refused only then is said in the form, too."""
        view = super().changeform_view
        return with_second_look(self, request, lambda: view(request, *args, **kwargs))

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> Any:
        """Show the form; a fieldset that holds an attribute which was refused is open."""
        shown = context["adminform"]
        shown.fieldsets = opened(shown.fieldsets, shown.form.errors)
        return super().render_change_form(request, context, *args, **kwargs)

    def construct_change_message(self, request: Any, form: Any, formsets: Any, add: bool = False) -> Any:
        """Return what the log says of a change, with the names of the attributes that changed."""
        found = super().construct_change_message(request, form, formsets, add)
        return with_attribute_names(found, form, formsets or ()) if isinstance(found, list) else found

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """Save the record, and say what rules that only warn say of it."""
        super().save_model(request, obj, form, change)
        for text in form.warning_texts:
            self.message_user(request, text, messages.WARNING)

    # ---- the list ----

    def get_changelist(self, request: Any, **kwargs: Any) -> Any:
        """Return the class of the change list."""
        return AttributeChangeList

    def get_ordering(self, request: Any) -> Any:
        """Return what the list is ordered by, without the attributes that there are none of any more."""
        return tuple(ordered_by(self.model, request.user, super().get_ordering(request)))

    def get_search_results(self, request: Any, queryset: QuerySet[Any], search_term: str) -> Any:
        """Return the records in which the words are found, in columns and in attributes."""
        fields = self.get_search_fields(request)
        if not search_term or not has_attributes(self.model, fields):
            return super().get_search_results(request, queryset, search_term)
        search = Search(self.model, request.user, fields)
        if not search.fields:
            return queryset.none(), False
        asking: Any = copy(self)  # which is asked for the fields once more
        asking.get_search_fields = lambda request: search.fields
        return super(AttributeModelAdmin, asking).get_search_results(
            request, queryset.alias(**search.aliases), search_term
        )

    # ---- values that are edited in the list ----

    def get_changelist_form(self, request: Any, **kwargs: Any) -> Any:
        """Return the form class of a row."""
        form = list_form(self.form, request.user, refused_before(request))
        return super().get_changelist_form(request, **{"form": form, **kwargs})

    def _get_list_editable_queryset(self, request: Any, prefix: str) -> QuerySet[Any]:
        return with_scopes(super()._get_list_editable_queryset(request, prefix))

    def changelist_view(self, request: Any, extra_context: Any = None) -> Any:
        """Show the list; of forms in it that only ask, as of forms that were sent and are not to be saved."""
        if request.method == "POST" and self.list_editable and asked(request.POST) and not is_step(request):
            request.POST = request.POST.copy()
            request.POST["_save"] = ""
        view = super().changelist_view
        return with_second_look(self, request, lambda: view(request, extra_context))

    # ---- many records at once ----

    @admin.action(description=_("Set an attribute of the selected %(verbose_name_plural)s"), permissions=["change"])
    def set_attribute(self, request: Any, queryset: QuerySet[Any]) -> Any:
        """Set an attribute of the selected records, after showing what that changes."""
        return set_attribute(self, request, queryset)

    @admin.action(description=_("Export the selected %(verbose_name_plural)s as CSV"), permissions=["view"])
    def export_as_csv(self, request: Any, queryset: QuerySet[Any]) -> Any:
        """Give the selected records as CSV."""
        return exported_file(self, request, queryset, "csv")

    @admin.action(description=_("Export the selected %(verbose_name_plural)s as a workbook"), permissions=["view"])
    def export_as_xlsx(self, request: Any, queryset: QuerySet[Any]) -> Any:
        """Give the selected records as a workbook."""
        return exported_file(self, request, queryset, "xlsx")

    @admin.action(description=_("Export the selected %(verbose_name_plural)s as JSON Lines"), permissions=["view"])
    def export_as_jsonl(self, request: Any, queryset: QuerySet[Any]) -> Any:
        """Give the selected records as JSON Lines."""
        return exported_file(self, request, queryset, "jsonl")


class _AttributeInline(AttributeAdminMixin):
    """What both kinds of inlines are."""

    checks_class = AttributeInlineChecks
    formset = BaseAttributeInlineFormSet

    def get_formset(self, request: Any, obj: Any = None, **kwargs: Any) -> Any:
        """Return the formset class, with the attributes that the user may see."""
        return super().get_formset(request, obj, **self._form_options(request, obj, kwargs))

    def get_queryset(self, request: Any) -> QuerySet[Any]:
        """Return the records, with what it takes to find their scopes."""
        return with_scopes(super().get_queryset(request))


class AttributeStackedInline(_AttributeInline, admin.StackedInline):
    """Records that have attributes, in the form of another one, below each other."""


class AttributeTabularInline(_AttributeInline, admin.TabularInline):
    """Records that have attributes, in the form of another one, as the rows of a table."""

    is_compact = True
