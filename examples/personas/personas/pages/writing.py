"""Having a text written in the voice of a persona."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.views.generic import FormView

from personas.pages.frame import PersonaMixin
from personas.pages.piece_forms import PlainTextField
from personas.pages.throttling import ThrottledMixin
from personas.pages.working import asked, note
from personas.work import start_draft
from personas.writing import check_topic

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

__all__ = ["Write"]


class TopicForm(forms.Form):
    """What a text should be about."""

    topic = PlainTextField(
        label="What should the text be about?",
        help_text="A topic, a question or a few notes. The draft is yours to change.",
        widget=forms.Textarea(attrs={"rows": 6, "autofocus": True}),
        error_messages={"required": "Say what the text should be about."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["topic"].widget.attrs["maxlength"] = settings.PERSONAS["MAX_TOPIC"]

    def clean_topic(self) -> str:
        """Return the topic as the language model gets it."""
        return check_topic(self.cleaned_data["topic"])


class Write(ThrottledMixin, PersonaMixin, FormView):
    """A topic, of which a language model makes a draft: at once, or while a page waits for it."""

    template_name = "personas/write.html"
    form_class = TopicForm
    throttle_scope = "model"

    def get_initial(self) -> dict[str, Any]:
        """Begin with the topic of work that has failed, if there was any."""
        return {"topic": asked(self.request, self.request.GET.get("again", "")).get("typed", {}).get("topic", "")}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Have it written; for a persona that is not active, only the page says why not."""
        return super().post(request, *args, **kwargs) if self.persona.is_active else self.get(request, *args, **kwargs)

    def form_valid(self, form: TopicForm) -> HttpResponse:
        """Go on to the draft or to where it is waited for; where the model has failed already, say so here."""
        topic = form.cleaned_data["topic"]
        work = start_draft(self.author, self.persona, topic)
        if work.error is not None:
            return self.render_to_response(self.get_context_data(form=form, error=work.error))
        return note(self.request, work, reverse("personas:write", args=[self.persona.pk]), topic=topic)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the persona, and how much of a voice it has."""
        count = sum(value is not None for value in self.persona.attrs.values())
        return super().get_context_data(persona=self.persona, characteristics=count, **kwargs)
