"""The addresses of the pages, by who has made them: each module adds its own."""

from __future__ import annotations

from django.urls import path

from personas.pages import (
    accounts,
    characteristics,
    deleting,
    detail,
    editing,
    lists,
    pieces,
    reviewing,
    sampling,
    transferring,
    working,
    writing,
)

__all__ = ["app_name", "urlpatterns"]

app_name = "personas"
urlpatterns = [
    path("", accounts.Home.as_view(), name="home"),
    path("register/", accounts.Register.as_view(), name="register"),
    path("sign-in/", accounts.SignIn.as_view(), name="sign_in"),
    path("sign-out/", accounts.SignOut.as_view(), name="sign_out"),
    path("mine/", lists.PersonaList.as_view(), name="list"),
    path("mine/export/", transferring.ExportMany.as_view(), name="export_many"),
    path("mine/import/", transferring.Import.as_view(), name="import"),
    path("<int:pk>/", detail.PersonaPage.as_view(), name="persona"),
    path("<int:pk>/delete/", deleting.DeletePersona.as_view(), name="delete"),
    path("<int:pk>/export/", transferring.ExportOne.as_view(), name="export"),
    path("<int:pk>/write/", writing.Write.as_view(), name="write"),
    path("texts/", pieces.Pieces.as_view(), name="pieces"),
    path("texts/<int:pk>/", pieces.PiecePage.as_view(), name="piece"),
    path("texts/<int:pk>/edit/", pieces.EditPiece.as_view(), name="piece_edit"),
    path("texts/<int:pk>/delete/", pieces.DeletePiece.as_view(), name="piece_delete"),
    path("texts/<int:pk>/status/", pieces.PieceStatus.as_view(), name="piece_publish"),
    path("add/", editing.AddPersona.as_view(), name="add"),
    path("add/from-sample/", sampling.FromSample.as_view(), name="from_sample"),
    path("add/review/", reviewing.Review.as_view(), name="review"),
    path("<int:pk>/edit/", editing.EditPersona.as_view(), name="edit"),
    path("<int:pk>/from-sample/", sampling.Reanalyse.as_view(), name="reanalyse"),
    path("<int:pk>/from-sample/review/", reviewing.Compare.as_view(), name="compare"),
    path("tasks/<str:id>/", working.WorkPage.as_view(), name="work"),
    path("characteristics/", characteristics.Characteristics.as_view(), name="characteristics"),
    path("characteristics/add/", characteristics.AddCharacteristic.as_view(), name="characteristic_add"),
    path("characteristics/<slug:name>/", characteristics.EditCharacteristic.as_view(), name="characteristic_edit"),
    path(
        "characteristics/<slug:name>/retire/",
        characteristics.RetireCharacteristic.as_view(),
        name="characteristic_retire",
    ),
    path(
        "characteristics/<slug:name>/restore/",
        characteristics.RestoreCharacteristic.as_view(),
        name="characteristic_restore",
    ),
]
