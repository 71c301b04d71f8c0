"""The first page, and the ways in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model, login
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.contrib.auth.views import LoginView, LogoutView, RedirectURLMixin
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.views.generic import FormView, TemplateView

from personas.pages.carrying import CarryingMixin
from personas.pages.frame import EnglishMixin
from personas.pages.throttling import ThrottledMixin

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

__all__ = ["Home", "Register", "RegistrationForm", "SignIn", "SignOut"]


TAKEN = ValidationError("Somebody has this username already. Please choose another one.", code="unique")


class Home(EnglishMixin, TemplateView):
    """What this is, and where to begin; who is signed in has begun already."""

    template_name = "personas/home.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the page, or go on to one's own."""
        if request.user.is_authenticated:
            return redirect("personas:list")
        return super().get(request, *args, **kwargs)


class RegistrationForm(forms.ModelForm):
    """A name, an address and a password; the latter once, since browsers show it to who has typed it."""

    password = forms.CharField(
        max_length=4_096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    class Meta:
        model = get_user_model()
        fields = ("username", "email")
        labels: ClassVar = {"email": "E-mail"}
        help_texts: ClassVar = {"username": "Letters, digits and @ . + - _", "email": "You may leave this out."}
        widgets: ClassVar = {
            "username": forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_username(self) -> str:
        """Refuse a name that differs from another one only in capitals."""
        name = self.cleaned_data["username"]
        if self._meta.model.objects.filter(username__iexact=name).exists():
            raise TAKEN
        return name

    def _post_clean(self) -> None:
        super()._post_clean()  # from here on the instance has the name, which a password must not be like
        password = self.cleaned_data.get("password")
        if password:
            try:
                validate_password(password, self.instance)
            except ValidationError as error:
                self.add_error("password", error)

    def save(self, commit: bool = True) -> Any:
        """Make the account."""
        self.instance.set_password(self.cleaned_data["password"])
        return super().save(commit)


class Register(EnglishMixin, ThrottledMixin, RedirectURLMixin, FormView):
    """A new account, whose owner is signed in at once."""

    template_name = "personas/register.html"
    form_class = RegistrationForm
    next_page = reverse_lazy("personas:list")
    throttle_scope = "register"

    def form_valid(self, form: RegistrationForm) -> HttpResponse:
        """Make the account and sign in."""
        try:
            with transaction.atomic():
                user = form.save()
        except IntegrityError:  # somebody was quicker since the name was looked for
            form.add_error("username", TAKEN)
            return self.form_invalid(form)
        login(self.request, user, backend="django.contrib.auth.backends.ModelBackend")
        messages.success(self.request, f"Welcome, {user}. This is where your personas will be.")
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Keep where to go afterwards."""
        return super().get_context_data(**kwargs) | {"next": self.get_redirect_url()}


class SignIn(EnglishMixin, CarryingMixin, ThrottledMixin, LoginView):
    """Signing in with name and password; from here one goes where one was."""

    template_name = "personas/sign_in.html"
    next_page = reverse_lazy("personas:list")
    redirect_authenticated_user = True
    throttle_scope = "sign-in"


class SignOut(EnglishMixin, LogoutView):
    """Signing out."""

    next_page = reverse_lazy("personas:home")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign out and say so."""
        response = super().post(request, *args, **kwargs)
        messages.success(request, "You are signed out.")
        return response
