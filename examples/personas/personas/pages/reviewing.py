"""Reviewing what a model makes of a sample: nothing is stored that nobody has seen and saved."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.views.generic import TemplateView

from personas.analysing import Analysis
from personas.pages.editing import AddPersona
from personas.pages.frame import PersonaMixin
from personas.pages.working import AnalysisMixin, forget
from personas.reading import Reading

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from personas.models import Persona

__all__ = ["Compare", "Review", "Row"]

_LOST = "That analysis is no longer there. Please paste the sample once more."


class Review(AnalysisMixin, AddPersona):
    """The form of a new persona, filled with what a model has proposed. Whoever saves it has seen it."""

    template_name = "personas/review.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Show the form, or save it; where there is nothing to review, begin with a sample.

        What somebody has filled in counts, even if the session has forgotten what it began with.
        """
        if self.analysis is None and request.user.is_authenticated:
            if request.method != "POST":
                messages.error(request, _LOST)
                return redirect("personas:from_sample")
            self.analysis = Analysis(values={}, problems=(), model="")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Begin with the proposals, and with the author's own name for the persona."""
        refused: dict[str, list[str]] = {}
        for problem in self.analysis.problems:
            refused.setdefault(problem["attribute"], []).append(problem["message"])
        kwargs = {**super().get_form_kwargs(), "proposed": self.analysis.values, "refused": refused}
        if self.request.method != "POST":  # what is posted tells what is still wanted of them
            proposed = {f"attrs__{name}": value for name, value in self.analysis.values.items()}
            kwargs["initial"] = {"name": self.typed.get("name", ""), **proposed}
        return kwargs

    def form_valid(self, form: Any) -> HttpResponse:
        """Save the persona; the analysis has served its purpose."""
        found = super().form_valid(form)
        forget(self.request, self.key)
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the model said of what the form does not have."""
        context = super().get_context_data(**{"title": "Review before saving", **kwargs})
        shown = {field.attribute for group in context["form"].attribute_groups for field in group.fields}
        others = sorted({each["attribute"] for each in self.analysis.problems if each["attribute"] not in shown})
        return {**context, "analysis": self.analysis, "others": [name for name in others if name]}


@dataclass(frozen=True, slots=True)
class Row:
    """A characteristic, as it is stored and as it is proposed."""

    name: str
    label: str
    stored: str
    proposed: str
    is_taken: bool  #: it is ticked
    is_same: bool = False
    has_moved: bool = False  #: what is stored is not what was shown any more
    refused: str = ""


class Compare(AnalysisMixin, PersonaMixin, TemplateView):
    """What is stored of a persona beside what a model proposes; what is ticked is taken over."""

    template_name = "personas/compare.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Show the proposals, or take some; where there are none for this persona, begin with a sample."""
        is_lost = self.analysis is None or self.typed.get("persona") != kwargs["pk"]
        if is_lost and request.user.is_authenticated:
            messages.error(request, _LOST)
            return redirect("personas:reanalyse", pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Persona]:
        """Return the personas to look among; nobody else writes to one until it is saved."""
        rows = super().get_queryset()
        return rows.select_for_update(of=("self",)) if self.request.method == "POST" else rows

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take over what is ticked; where something of it has changed since it was shown, ask once more."""
        taken = [name for name in self.proposed if name in request.POST.getlist("take")]
        if any(self._moved(name) for name in taken):
            return self.render_to_response(self.get_context_data(problem="Meanwhile this persona was changed."))
        try:
            self.persona.attrs.update({name: self.proposed[name] for name in taken})
            self.persona.save()
        except ValidationError as error:
            return self.render_to_response(self.get_context_data(problem=" ".join(error.messages)))
        forget(request, self.key)
        said = f"{len(taken)} characteristic{'s have' if len(taken) != 1 else ' has'} been taken over."
        messages.success(request, said if taken else "Nothing has been changed.")
        return redirect("personas:persona", pk=self.persona.pk)

    # ---- what there is ----

    @cached_property
    def schema(self) -> Any:
        """The schema of the persona."""
        return self.persona.attrs.schema

    @cached_property
    def proposed(self) -> dict[str, Any]:
        """The proposals for what the persona can have; the author may have hidden something meanwhile."""
        return {name: self.analysis.values[name] for name in self.schema if name in self.analysis.values}

    @cached_property
    def stored(self) -> dict[str, Any]:
        """What is stored, as JSON by name."""
        return self.persona.attrs.dump()

    def _moved(self, name: str) -> bool:
        try:
            shown = json.loads(self.request.POST.get(f"seen-{name}", "null"))
        except ValueError:
            return True
        return shown != self.stored.get(name)

    @cached_property
    def reading(self) -> Reading:
        """What writes the values."""
        return Reading(self.schema)

    def rows(self) -> list[Row]:
        """Return what differs first, then what is refused, then what is the same."""
        found = [self._row(name) for name in self.proposed]
        return sorted([*found, *self._refused()], key=lambda row: (row.is_same, bool(row.refused)))

    def _row(self, name: str) -> Row:
        value, posted = self.stored.get(name), self.request.POST
        return Row(
            name,
            self.reading.characteristics[name].label,
            self._words(name, value),
            self._words(name, self.proposed[name]),
            is_taken=name in posted.getlist("take") if posted else value is None,
            is_same=value == self.proposed[name],
            has_moved=bool(posted) and self._moved(name),
        )

    def _words(self, name: str, value: Any) -> str:
        return ", ".join(self.reading.trait(name, value).values)

    def _refused(self) -> list[Row]:
        said = {each["attribute"]: each["message"] for each in self.analysis.problems}
        names = [name for name in self.reading.characteristics if name in said and name not in self.proposed]
        return [self._row_of_refused(name, said[name]) for name in names]

    def _row_of_refused(self, name: str, said: str) -> Row:
        label, stored = self.reading.characteristics[name].label, self._words(name, self.stored.get(name))
        return Row(name, label, stored, "", is_taken=False, refused=said)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rows, and how they were when they were shown."""
        rows = self.rows()
        seen = {f"seen-{row.name}": json.dumps(self.stored.get(row.name)) for row in rows if not row.refused}
        return super().get_context_data(persona=self.persona, analysis=self.analysis, rows=rows, seen=seen, **kwargs)
