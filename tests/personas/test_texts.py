"""The pages of texts: lists, reading, editing, publishing and deleting, each for its author alone."""

from __future__ import annotations

import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from personas.models import ContentPiece, Persona
from personas.tagging import set_tags

pytestmark = pytest.mark.django_db

Status = ContentPiece.Status
BODY = "First, the sea.\nThen\n\nthe land."


@pytest.fixture
def reader(client, ada):
    """Give Ada's browser."""
    client.force_login(ada.user)
    return client


def text_of(author, *, title="Waves", body=BODY, tags=(), persona="Somebody", **values):
    made, _ = Persona.objects.get_or_create(author=author, name=persona)
    piece = ContentPiece.objects.create(persona=made, title=title, body=body, **values)
    set_tags(piece, tags)
    return piece


def page(name, piece):
    return reverse(f"personas:{name}", args=[piece.pk])


def asked(reader, **question):
    """Return the titles in the list of texts, in its order."""
    return [piece.title for piece in reader.get(reverse("personas:pieces"), question).context["pieces"]]


def sent(reader, piece, **typed):
    """Fill in the form as it is shown, but for what is typed, and send it."""
    form = reader.get(page("piece_edit", piece)).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return reader.post(page("piece_edit", piece), {**shown, **typed}, follow=True)


def told(response):
    return [str(message) for message in response.context["messages"]]


# ---- whose they are ----


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["piece", "piece_edit", "piece_delete", "piece_publish"])
def test_a_text_of_somebody_elses_is_not_there(reader, ben, name, method):
    """Row 3: whose the texts are that an author reads and changes."""
    theirs = text_of(ben)
    response = getattr(reader, method)(page(name, theirs), {"status": "published"})
    assert response.status_code == (405 if (name, method) in [("piece_publish", "get"), ("piece", "post")] else 404)
    theirs.refresh_from_db()
    assert (theirs.title, theirs.status) == ("Waves", Status.DRAFT)


def test_lists_have_and_offer_only_what_is_ones_own(reader, ada, ben):
    """Row 3: a persona and a tag of somebody else's are as good as none, in the list of texts."""
    text_of(ada, title="Mine", tags=["sea"])
    theirs = text_of(ben, title="Theirs", tags=["mountains"], persona="Ben's")
    assert asked(reader) == ["Mine"]
    shown = reader.get(reverse("personas:pieces")).content.decode()
    assert not [word for word in ("Theirs", "Ben", "mountains") if word in shown]
    for name, of_others, of_none in (("persona", theirs.persona_id, 10_000), ("tag", "mountains", "nothing")):
        answers = [reader.get(reverse("personas:pieces"), {name: value}) for value in (of_others, of_none)]
        assert [list(each.context["pieces"]) for each in answers] == [[], []]
        assert answers[0].context["form"].errors == answers[1].context["form"].errors != {}


@pytest.mark.parametrize("name", ["pieces", "piece", "piece_edit", "piece_delete"])
def test_who_is_not_signed_in_signs_in_first_and_comes_back(client, ada, name):
    """Row 2: no page of texts without an account."""
    address = reverse("personas:pieces") if name == "pieces" else page(name, text_of(ada))
    assert client.get(address).headers["Location"] == f"{reverse('personas:sign_in')}?next={address}"


# ---- the list ----


@pytest.fixture
def library(ada):
    """Give Ada three texts."""
    first = text_of(ada, title="Cliffs", body="white cliffs", tags=["sea", "rocks"], status=Status.PUBLISHED)
    second = text_of(ada, title="Anchors", body="one two three four", tags=["Sea"], persona="Mate")
    third = text_of(ada, title="Bread", body="flour", status=Status.ARCHIVED)
    return first, second, third


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ({}, ["Bread", "Anchors", "Cliffs"]),
        ({"status": "published"}, ["Cliffs"]),
        ({"tag": "sea"}, ["Anchors", "Cliffs"]),
        ({"tag": "sea", "status": "draft"}, ["Anchors"]),
        ({"q": "FLOUR"}, ["Bread"]),
        ({"q": "cliffs white"}, ["Cliffs"]),
        ({"q": "cliffs flour"}, []),
        ({"q": "100%"}, []),
        ({"ordering": "created"}, ["Cliffs", "Anchors", "Bread"]),
        ({"ordering": "title"}, ["Anchors", "Bread", "Cliffs"]),
        ({"ordering": "-title"}, ["Cliffs", "Bread", "Anchors"]),
        ({"ordering": "-words"}, ["Anchors", "Cliffs", "Bread"]),
        ({"ordering": "words"}, ["Bread", "Cliffs", "Anchors"]),
    ],
    ids=lambda each: "-".join(f"{key}-{value}" for key, value in each.items()) or "all" if type(each) is dict else "",
)
def test_texts_are_found_and_put_in_order(reader, library, question, titles):
    """Row 32: the list of texts, by status, persona, tag and words."""
    assert asked(reader, **question) == titles


def test_texts_are_found_by_their_persona(reader, library):
    """Row 32: the list of texts of one persona."""
    assert asked(reader, persona=library[1].persona_id) == ["Anchors"]


def test_those_that_are_not_published_stand_behind_those_that_are(reader, ada):
    """Row 32: the list of texts in the order in which they were published."""
    for title, status in (("Begun", "draft"), ("First", "published"), ("Second", "published"), ("Other", "draft")):
        text_of(ada, title=title, status=status)
    assert asked(reader, ordering="-published") == ["Second", "First", "Other", "Begun"]


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"status": "lost"}, "A text is a draft, published or archived."),
        ({"persona": "x"}, "You have no such persona."),
        ({"tag": "x"}, "No text of yours has this tag."),
        ({"ordering": "body"}, "There is no such order."),
        ({"q": "\0"}, "Null characters are not allowed."),
    ],
    ids=["status", "persona", "tag", "ordering", "words"],
)
def test_a_question_that_makes_no_sense_is_answered_with_why(reader, library, question, message):
    response = reader.get(reverse("personas:pieces"), question)
    assert response.status_code == 200
    assert list(response.context["pieces"]) == []
    assert message in response.content.decode()


def test_a_list_takes_as_many_queries_for_many_texts_as_for_one(reader, ada):
    """Rows 14 and 48: the list of texts, with its personas and tags."""
    counts = []
    for number in range(30):
        text_of(ada, title=f"Text {number}", tags=["sea", f"tag {number}"], persona=f"Persona {number}")
        if number in (0, 29):
            with CaptureQueriesContext(connection) as queries:
                found = asked(reader)
            counts.append(len(queries))
    assert counts[0] == counts[1]
    assert found == [f"Text {number}" for number in range(29, 9, -1)]
    assert len(asked(reader, page=2)) == 10
    assert asked(reader, page=9) == asked(reader, page=2)  # as where the last text of a page was deleted


def test_the_list_loads_the_beginning_of_a_text_and_not_all_of_it(reader, ada):
    text_of(ada, body="begin " + "word " * 5_000 + "end")
    shown = reader.get(reverse("personas:pieces")).content.decode()
    assert "begin word" in shown
    assert "end" not in shown.split("begin word")[1].split("</p>")[0]


def test_who_has_no_texts_is_told_what_to_do_next(reader, ada):
    shown = reader.get(reverse("personas:pieces")).content.decode()
    assert reverse("personas:from_sample") in shown
    Persona.objects.create(author=ada, name="Somebody")
    shown = reader.get(reverse("personas:pieces")).content.decode()
    assert "Choose a persona" in shown
    assert reverse("personas:from_sample") not in shown


# ---- one ----


def test_a_text_is_read_in_paragraphs(reader, ada):
    shown = reader.get(page("piece", text_of(ada))).content.decode()
    assert "<p>First, the sea.<br>Then</p>\n\n<p>the land.</p>" in shown
    assert "6 words" in shown


HOSTILE = """<script>alert(1)</script><img src=x onerror=alert(1)>{{ 7|add:1 }}"' onmouseover="alert(1)"""


@pytest.mark.parametrize("name", ["piece", "piece_edit", "piece_delete", "pieces", "write"])
def test_nothing_that_was_typed_becomes_a_part_of_a_page(reader, ada, name):
    """Row 52: titles, bodies, tags and names are text, on every page of texts."""
    piece = text_of(ada, title=HOSTILE, body=HOSTILE, tags=[HOSTILE[:50]], persona=HOSTILE[:100])
    key = {"pieces": [], "write": [piece.persona_id]}.get(name, [piece.pk])
    shown = reader.get(reverse(f"personas:{name}", args=key)).content.decode()
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert "\"' onmouseover" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "{{ 7|add:1 }}" in shown or name in ("pieces", "write")


def test_an_edited_text_is_saved_with_its_tags_and_words(reader, ada):
    """Rows 20, 31 and 32: title, body, tags and number of words."""
    piece = text_of(ada, tags=["sea"])
    response = sent(reader, piece, title="  Tides ", body="\r\none\r\ntwo\rthree\n", tags="Sea, high water,,sea")
    assert told(response) == ["“Tides” has been saved."]
    piece.refresh_from_db()
    assert (piece.title, piece.body, piece.word_count, piece.status) == ("Tides", "one\ntwo\nthree", 3, Status.DRAFT)
    assert [tag.name for tag in piece.tags.all()] == ["high water", "sea"]


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"title": " "}, "title", "This field is required."),
        ({"title": "x" * 201}, "title", "Ensure this value has at most 200 characters (it has 201)."),
        ({"body": "x" * 100_001}, "body", "Ensure this value has at most 100000 characters (it has 100001)."),
        ({"body": "a\0"}, "body", "Null characters are not allowed."),
        ({"tags": "x" * 51}, "tags", f"“{'x' * 50}” cannot be a tag: a tag has at most 50 characters, and no comma."),
    ],
    ids=["no title", "long title", "long body", "NUL", "long tag"],
)
def test_what_cannot_be_saved_is_said_beside_its_field(reader, ada, typed, field, message):
    """Row 30: a title of more than 200 characters is refused, and nothing is stored."""
    piece = text_of(ada, tags=["sea"])
    response = sent(reader, piece, publish="yes", **typed)
    assert response.context["form"].errors == {field: [message]}
    piece.refresh_from_db()
    assert (piece.title, piece.body, piece.status) == ("Waves", BODY, Status.DRAFT)
    assert [tag.name for tag in piece.tags.all()] == ["sea"]


def test_a_text_may_have_no_body(reader, ada):
    """Rows 30 and 31: without a body, a text has no words."""
    piece = text_of(ada)
    sent(reader, piece, body="")
    piece.refresh_from_db()
    assert (piece.body, piece.word_count) == ("", 0)
    assert "Nothing is written yet." in reader.get(page("piece", piece)).content.decode()


def test_lines_are_counted_as_the_browser_counts_them(reader, ada):
    piece = text_of(ada)
    sent(reader, piece, body="\r\n".join(["xy"] * 33_333))  # 99,998 characters, and 133,330 as they are sent
    piece.refresh_from_db()
    assert len(piece.body) == 99_998


def test_what_was_saved_in_another_window_is_shown_before_it_is_replaced(reader, ada):
    """Row 23: two windows with one text lose nothing."""
    piece = text_of(ada)
    opened = reader.get(page("piece_edit", piece)).context["form"]["seen"].value()
    sent(reader, piece, body="From another window.")
    mine = {"title": "Mine", "body": "From this one.", "tags": "", "seen": opened}
    response = reader.post(page("piece_edit", piece), mine)
    shown = response.content.decode()
    assert "This text has been saved in another window since you opened it here." in shown
    assert "From another window." in shown
    assert "From this one." in shown
    piece.refresh_from_db()
    assert piece.body == "From another window."
    again = {**mine, "seen": response.context["form"]["seen"].value()}
    assert told(reader.post(page("piece_edit", piece), again, follow=True)) == ["“Mine” has been saved."]
    piece.refresh_from_db()
    assert piece.body == "From this one."


# ---- publishing ----


@pytest.mark.parametrize(("before", "after"), [*itertools.product(Status.values, repeat=2)])
def test_a_text_is_published_withdrawn_and_put_into_the_archive(reader, ada, before, after):
    """Rows 31 and 32: the time of the first publication is kept."""
    piece = text_of(ada, status=before)
    first = piece.published_at
    assert (first is None) == (before != "published")
    response = reader.post(page("piece_publish", piece), {"status": after}, follow=True)
    said = {"published": "is published", "draft": "is a draft again", "archived": "is in the archive"}
    assert told(response) == [f"“Waves” {said[after]}."]
    piece.refresh_from_db()
    assert piece.status == after
    if first is None:
        assert (piece.published_at is None) == (after != "published")
    else:
        assert piece.published_at == first


@pytest.mark.parametrize("status", ["", "Published", "deleted"])
def test_there_are_no_other_statuses(reader, ada, status):
    piece = text_of(ada)
    response = reader.post(page("piece_publish", piece), {"status": status})
    assert (response.status_code, response.content) == (400, b"A text is a draft, published or archived.")
    piece.refresh_from_db()
    assert piece.status == Status.DRAFT


def test_a_text_is_saved_and_published_at_once(reader, ada):
    """Row 31: published_at is set when a text is published."""
    piece = text_of(ada)
    assert told(sent(reader, piece, title="Out", publish="yes")) == ["“Out” is published."]
    piece.refresh_from_db()
    assert (piece.title, piece.status) == ("Out", Status.PUBLISHED)
    assert piece.published_at is not None


# ---- deleting ----


def test_a_text_is_deleted_once_that_was_asked(reader, ada):
    """Rows 24 to 26, of texts: asked first, done, and told; the persona stays."""
    piece = text_of(ada)
    question = reader.get(page("piece_delete", piece)).content.decode()
    assert "Delete “Waves”?" in question
    assert ContentPiece.objects.exists()
    response = reader.post(page("piece_delete", piece), follow=True)
    assert told(response) == ["“Waves” has been deleted."]
    assert not ContentPiece.objects.exists()
    assert Persona.objects.filter(name="Somebody").exists()


def test_only_the_question_itself_is_sent_to_a_dialog(reader, ada):
    shown = reader.get(page("piece_delete", text_of(ada)), headers={"HX-Request": "true"}).content.decode()
    assert shown.lstrip().startswith('<h2 id="dialog-title">')
    assert "<html" not in shown


# ---- what follows from what is stored ----


def test_what_somebody_else_has_published_keeps_its_day(ada):
    """Row 31: whoever stores only a title, of a text as it was, takes nothing else along."""
    piece = text_of(ada)
    stale = ContentPiece.objects.get(pk=piece.pk)
    piece.status, piece.body = Status.PUBLISHED, "One two three four."
    piece.save(update_fields=["status", "body"])
    stale.title = "Later"
    stale.save(update_fields=["title"])

    found = ContentPiece.objects.get(pk=piece.pk)
    assert (found.title, found.word_count) == ("Later", 4)
    assert found.published_at is not None
