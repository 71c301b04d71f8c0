"""The characteristics that an author's personas have: which of everybody's are hidden, and which are her own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.views import View
from django.views.generic import FormView, TemplateView

from jsonattrs_core import SchemaError
from personas import characteristics
from personas.characteristics import everybodys, own_of, title_of
from personas.pages.characteristic_forms import KINDS, CharacteristicForm, kind_of
from personas.pages.frame import AuthorMixin
from personas.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from jsonattrs_core import Attribute
    from personas.models import Author

__all__ = [
    "AddCharacteristic",
    "Characteristics",
    "EditCharacteristic",
    "RestoreCharacteristic",
    "RetireCharacteristic",
]


@dataclass(frozen=True, slots=True)
class Mine:
    """One of the author's own."""

    name: str
    label: str
    kind: str
    section: str
    is_retired: bool


class Characteristics(AuthorMixin, TemplateView):
    """All of them. What is ticked is shown; own ones are added, changed, retired and restored from here."""

    template_name = "personas/characteristics.html"
    section = "characteristics"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what is ticked, and hide the rest."""
        shown = set(request.POST.getlist("shown"))
        hidden = [name for name in everybodys() if name not in shown]
        try:
            characteristics.hide(self.author, hidden)
        except SchemaError as error:
            messages.error(request, _told(error))
            return redirect("personas:characteristics")
        said = f"{len(hidden)} characteristic{'s are' if len(hidden) != 1 else ' is'} hidden now. Values are kept."
        messages.success(request, said if hidden else "All characteristics are shown now.")
        return redirect("personas:characteristics")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the characteristics."""
        own = own_of(self.author)
        mine = [_mine(name, attribute) for name, attribute in own.added.items()]
        return super().get_context_data(
            sections=Reading(everybodys()).sections,
            hidden=own.hidden,
            mine=[each for each in mine if not each.is_retired],
            retired=[each for each in mine if each.is_retired],
            **kwargs,
        )


def _mine(name: str, attribute: Attribute) -> Mine:
    kind = KINDS.get(kind_of(attribute))
    return Mine(
        name,
        str(attribute.label or name),
        kind.label if kind is not None else str(attribute.type),
        title_of(str(attribute.group or characteristics.OWN_GROUP)),
        attribute.status == "retired",
    )


class _Edit(AuthorMixin, FormView):
    """What the forms have in common. What the library has against a definition is said in the form."""

    template_name = "personas/characteristic_form.html"
    form_class = CharacteristicForm
    success_url = reverse_lazy("personas:characteristics")
    section = "characteristics"

    def form_valid(self, form: CharacteristicForm) -> HttpResponse:
        """Define it, and say so."""
        try:
            self.define(form.attribute())
        except (SchemaError, ValueError) as error:
            form.add_error(None, _told(error))
            return self.form_invalid(form)
        messages.success(self.request, self.said % {"label": form.cleaned_data["label"]})
        return super().form_valid(form)


class AddCharacteristic(_Edit):
    """One more."""

    said = "%(label)s has been added. Every persona of yours can have it now."

    def define(self, attribute: Attribute) -> None:
        """Add it."""
        characteristics.add(self.author, attribute)


class _OneOfMine(AuthorMixin):
    """A page about one of the author's own characteristics, whose name is in the address."""

    @cached_property
    def held(self) -> Attribute:
        """The characteristic; raises ``Http404`` where the author has none of that name."""
        found = own_of(self.author).added.get(self.kwargs["name"])
        if found is None:
            raise Http404("There is no such characteristic.")
        return found


class EditCharacteristic(_OneOfMine, _Edit):
    """One that is there."""

    said = "%(label)s has been changed."

    def get_form_kwargs(self) -> dict[str, Any]:
        """Begin with what it is."""
        return {**super().get_form_kwargs(), "held": self.held}

    def define(self, attribute: Attribute) -> None:
        """Put the new definition in its place."""
        characteristics.change(self.author, self.kwargs["name"], attribute)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what there is."""
        return super().get_context_data(held=_mine(self.kwargs["name"], self.held), **kwargs)


class _SetStatus(_OneOfMine, View):
    """A button on the page of all characteristics."""

    http_method_names = ("post",)
    change: Callable[[Author, str], None]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, and say so."""
        label = self.held.label
        try:
            type(self).change(self.author, self.kwargs["name"])
        except SchemaError as error:
            messages.error(request, _told(error))
        else:
            messages.success(request, self.said % {"label": label})
        return redirect(reverse("personas:characteristics") + "#own")


class RetireCharacteristic(_SetStatus):
    """Forms and lists do without it from now on."""

    change = characteristics.retire
    said = "%(label)s has been retired. The values that personas have are kept, and come back when you restore it."


class RestoreCharacteristic(_SetStatus):
    """It is there again."""

    change = characteristics.restore
    said = "%(label)s is there again, with the values that personas had."


def _told(error: Exception) -> str:
    """Return what is wrong, without the names of schemas, which nobody here has seen."""
    faults = getattr(error, "faults", ())
    return " ".join(f"{fault.message[:1].upper()}{fault.message[1:]}." for fault in faults) or str(error)
