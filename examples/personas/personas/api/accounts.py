"""Registering, logging in and out: JSON Web Tokens, of which the long-lived one can be revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import IntegrityError, transaction
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.fields import get_error_detail
from rest_framework.generics import CreateAPIView
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework_simplejwt.serializers import (
    TokenBlacklistSerializer,
    TokenObtainPairSerializer,
    TokenRefreshSerializer,
)
from rest_framework_simplejwt.tokens import TokenError
from rest_framework_simplejwt.views import TokenBlacklistView, TokenObtainPairView, TokenRefreshView

from personas.access import author_of
from personas.api.frame import FrameMixin, keep_secret
from personas.transfer import KnownFieldsMixin

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

__all__ = ["Login", "Logout", "Refresh", "Register"]


class PasswordField(serializers.CharField):
    """A password, as it was typed: blanks at its ends are part of it, as they are on the pages."""

    def __init__(self, **kwargs: Any) -> None:
        style = {"input_type": "password"}
        super().__init__(write_only=True, trim_whitespace=False, max_length=128, style=style, **kwargs)


class RegistrationSerializer(KnownFieldsMixin, serializers.ModelSerializer):
    """A new account."""

    password = PasswordField()

    class Meta:
        model = get_user_model()
        fields = ("username", "email", "password")

    def validate_password(self, value: str) -> str:
        """Demand a password that is not guessed at once, looking at the rest of the account as it was sent."""
        sent = {name: self.initial_data.get(name) for name in ("username", "email")}
        known = {name: text[:254] for name, text in sent.items() if isinstance(text, str)}
        try:
            validate_password(value, get_user_model()(**known))
        except DjangoValidationError as error:
            raise serializers.ValidationError(get_error_detail(error)) from None
        return value

    def create(self, validated_data: dict[str, Any]) -> AbstractUser:
        """Make the account, and the author that it is. Raises ValidationError where somebody was quicker."""
        try:
            with transaction.atomic():
                user: AbstractUser = get_user_model().objects.create_user(**validated_data)
                author_of(user)
        except IntegrityError:
            message = "A user with that username already exists."
            raise serializers.ValidationError({"username": [message]}, "unique") from None
        return user


class LoginSerializer(TokenObtainPairSerializer):
    """A name and a password, for two tokens."""

    access = serializers.CharField(read_only=True)
    refresh = serializers.CharField(read_only=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = PasswordField()


class RefreshSerializer(TokenRefreshSerializer):
    """A refresh token, for new tokens; the old one is worth nothing any more."""

    refresh = serializers.CharField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, str]:
        """Return new tokens. Raises TokenError where the account is gone, which simplejwt does not foresee."""
        try:
            tokens: dict[str, str] = super().validate(attrs)
        except get_user_model().DoesNotExist:
            raise TokenError("The account of this token has been deleted.") from None
        return tokens


class LogoutSerializer(TokenBlacklistSerializer):
    """A refresh token that shall be worth nothing any more."""


@keep_secret
class Register(FrameMixin, CreateAPIView):
    """Make an account. Log in with it afterwards."""

    serializer_class = RegistrationSerializer
    authentication_classes = ()
    permission_classes = ()
    throttle_classes = (ScopedRateThrottle,)
    throttle_scope = "register"


@keep_secret
class Login(FrameMixin, TokenObtainPairView):
    """Log in with a name and a password."""

    serializer_class = LoginSerializer
    throttle_classes = (ScopedRateThrottle,)
    throttle_scope = "sign-in"

    @extend_schema(responses={200: LoginSerializer, 401: OpenApiResponse(description="Name or password is wrong.")})
    def post(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Return an access token, to be sent as `Authorization: Bearer …`, and a refresh token to get others by."""
        return super().post(request, *args, **kwargs)


class Refresh(FrameMixin, TokenRefreshView):
    """Get new tokens."""

    serializer_class = RefreshSerializer

    @extend_schema(responses={200: RefreshSerializer, 401: OpenApiResponse(description="The token is worth nothing.")})
    def post(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Return a new access token and a new refresh token for a refresh token, which is used up by that."""
        return super().post(request, *args, **kwargs)


class Logout(FrameMixin, TokenBlacklistView):
    """Log out."""

    serializer_class = LogoutSerializer

    @extend_schema(responses={204: None, 401: OpenApiResponse(description="The token is worth nothing.")})
    def post(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Revoke a refresh token. An access token that it has given is good for what is left of its 15 minutes."""
        super().post(request, *args, **kwargs)
        return Response(status=status.HTTP_204_NO_CONTENT)
