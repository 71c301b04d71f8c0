"""Pasting a sample of writing, of a new persona or of one that is there. What comes of it is reviewed elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.views.generic import FormView

from personas.analysing import MIN_WORDS, check_sample
from personas.models import Persona
from personas.pages.frame import AuthorMixin, PersonaMixin
from personas.pages.piece_forms import PlainTextField
from personas.pages.throttling import ThrottledMixin
from personas.pages.working import asked, note
from personas.work import start_analysis

if TYPE_CHECKING:
    from django.http import HttpResponse

__all__ = ["FromSample", "NamedSampleForm", "Reanalyse", "SampleForm"]


class SampleForm(forms.Form):
    """A sample of somebody's writing."""

    sample = PlainTextField(
        label="A sample of writing",
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": "Paste a sample of writing."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = settings.PERSONAS["MAX_SAMPLE"]
        self.fields["sample"].help_text = (
            f"A letter, an article, a chapter: {MIN_WORDS} words at least, {most:,} characters at most. "
            "Several hundred words tell more than a few."
        )

    def clean_sample(self) -> str:
        """Return the sample as the language model gets it."""
        return check_sample(self.cleaned_data["sample"])


class NamedSampleForm(SampleForm):
    """The same for a new persona, which may have a name already."""

    name = forms.CharField(
        label="Name of the persona",
        help_text="It stays as you write it. You can also decide when you have seen what comes of the sample.",
        max_length=Persona._meta.get_field("name").max_length,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("name", "sample")


class _Sampling(ThrottledMixin, AuthorMixin, FormView):
    """A page where a sample is pasted. What was pasted before is still there after a model has failed."""

    template_name = "personas/sample.html"
    throttle_scope = "model"
    section = "personas"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Have labels without a colon."""
        return {**super().get_form_kwargs(), "label_suffix": ""}

    def get_initial(self) -> dict[str, Any]:
        """Begin with what was pasted for work that has failed, if there was any."""
        return dict(asked(self.request, self.request.GET.get("again", "")).get("typed", {}))

    def form_valid(self, form: SampleForm) -> HttpResponse:
        """Have the sample analysed, and go on; where the model has failed already, say so here."""
        work = start_analysis(self.author, form.cleaned_data["sample"])
        if work.error is not None:
            return self.render_to_response(self.get_context_data(form=form, error=work.error))
        return note(self.request, work, self.request.path, **form.cleaned_data, **self.kept)

    @property
    def kept(self) -> dict[str, Any]:
        """What else to keep of the work."""
        return {}


class FromSample(_Sampling):
    """The sample of a new persona."""

    form_class = NamedSampleForm


class Reanalyse(_Sampling, PersonaMixin):
    """Another sample, of a persona that is there."""

    form_class = SampleForm

    @property
    def kept(self) -> dict[str, Any]:
        """Which persona the work is for."""
        return {"persona": self.persona.pk}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the persona."""
        return super().get_context_data(persona=self.persona, **kwargs)
