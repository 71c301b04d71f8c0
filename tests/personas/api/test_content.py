"""Texts in the API: made, found, changed, published and deleted, by their author alone."""

from __future__ import annotations

import pytest
from personas.models import ContentPiece, Persona, Tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def persona(ada):
    """Give a persona of hers."""
    return Persona.objects.create(author=ada, name="Ada", attrs={}).pk


@pytest.fixture
def text(hers, persona):
    """Give a text of hers."""
    return hers.made("content/", {"persona": persona, "title": "Fog", "body": "It is grey.\n\nStill.", "tags": ["sea"]})


def codes(answer):
    assert answer.status_code == 400, answer.content
    return {name: [each["code"] for each in errors] for name, errors in answer.json().items()}


def test_what_a_text_is(hers, persona, text):
    """Rows 31, 32 and 50: with its number of words, and not published yet."""
    assert text == {
        "id": text["id"],
        "persona": persona,
        "persona_name": "Ada",
        "title": "Fog",
        "body": "It is grey.\n\nStill.",
        "status": "draft",
        "tags": ["sea"],
        "word_count": 4,
        "published_at": None,
        "created_at": text["created_at"],
        "updated_at": text["updated_at"],
    }
    assert hers.get(f"content/{text['id']}/").json() == text


@pytest.mark.parametrize("body", [{}, {"body": ""}, {"body": " \n "}])
def test_a_text_may_have_no_words_yet(hers, persona, body):
    """Rows 30 and 31: a missing body is none, and has no words."""
    made = hers.made("content/", {"persona": persona, "title": "Fog", **body})
    assert (made["body"], made["word_count"], made["tags"]) == (body.get("body", ""), 0, [])


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        pytest.param({"title": "x" * 201}, {"title": ["max_length"]}, id="a long title"),
        pytest.param({"title": " "}, {"title": ["blank"]}, id="no title"),
        pytest.param({"title": None}, {"title": ["null"]}, id="title is null"),
        pytest.param({"body": None}, {"body": ["null"]}, id="body is null"),
        pytest.param({"body": "x" * 100_001}, {"body": ["max_length"]}, id="a long body"),
        pytest.param({"body": "a\x00b"}, {"body": ["null_characters_not_allowed"]}, id="NUL"),
        pytest.param({"status": "gone"}, {"status": ["invalid_choice"]}, id="no status"),
        pytest.param({"tags": "sea"}, {"tags": ["not_a_list"]}, id="tags in one text"),
        pytest.param({"tags": ["a,b"]}, {"tags": ["invalid_tag"]}, id="a comma in a tag"),
        pytest.param({"tags": ["t" * 51]}, {"tags": ["max_length"]}, id="a long tag"),
        pytest.param({"tags": [f"t{each}" for each in range(21)]}, {"tags": ["max_length"]}, id="many tags"),
        pytest.param({"persona": 999_999}, {"persona": ["does_not_exist"]}, id="no persona"),
        pytest.param({"persona": "x"}, {"persona": ["incorrect_type"]}, id="no number"),
        pytest.param({"persona": None}, {"persona": ["null"]}, id="persona is null"),
        pytest.param({"words": 3}, {"words": ["unknown"]}, id="more"),
    ],
)
def test_what_is_no_text_is_refused(hers, persona, text, changes, errors):
    """Rows 30 and 31: with 400, and never an error of the server."""
    for answer in (
        hers.post("content/", {"persona": persona, "title": "T", **changes}),
        hers.patch(f"content/{text['id']}/", changes),
    ):
        found = answer.json()
        assert answer.status_code == 400
        assert found.keys() == errors.keys()
    assert hers.get(f"content/{text['id']}/").json() == text


def test_what_only_the_server_knows_is_not_written(hers, text):
    """Row 50: a number of words that is sent is passed over, as everything is that was read."""
    given = {**text, "word_count": 99, "published_at": "2020-01-01T00:00:00Z", "id": 7}
    answer = hers.put(f"content/{text['id']}/", given)
    assert answer.status_code == 200
    assert {**answer.json(), "updated_at": 0} == {**text, "updated_at": 0}


def test_a_text_is_published_once(hers, text):
    """Rows 31 and 32: the time of the first publication stays, whatever comes later."""
    address = f"content/{text['id']}/"
    published = hers.patch(address, {"status": "published"}).json()
    assert published["published_at"] is not None
    assert hers.patch(address, {"status": "archived"}).json()["published_at"] == published["published_at"]
    assert hers.patch(address, {"status": "published"}).json()["published_at"] == published["published_at"]
    assert hers.made("content/", {**text, "status": "published"})["published_at"] is not None


def test_words_are_counted_again(hers, text):
    """Row 31."""
    assert hers.patch(f"content/{text['id']}/", {"body": "One two\nthree"}).json()["word_count"] == 3


def test_tags_are_words_of_the_author(hers, ada, text):
    """Row 32: each once, however it is written."""
    address = f"content/{text['id']}/"
    assert hers.patch(address, {"tags": ["Fog", " fog ", "Sea"]}).json()["tags"] == ["Fog", "sea"]
    assert hers.patch(address, {"title": "Mist"}).json()["tags"] == ["Fog", "sea"]
    assert hers.patch(address, {"tags": []}).json()["tags"] == []
    assert set(Tag.objects.values_list("author", flat=True)) <= {ada.pk}


def test_what_somebody_else_changes_meanwhile_stays(hers, text):
    """Row 23: a change writes what it names, and nothing that it has read."""
    piece = ContentPiece.objects.get()
    hers.patch(f"content/{text['id']}/", {"body": "New."})
    piece.title = "Mist"
    piece.save(update_fields=["title"])
    hers.patch(f"content/{text['id']}/", {"status": "archived"})
    found = hers.get(f"content/{text['id']}/").json()
    assert (found["title"], found["body"], found["status"]) == ("Mist", "New.", "archived")


def test_a_text_is_deleted(hers, text):
    """Rows 24 and 32."""
    assert hers.delete(f"content/{text['id']}/").status_code == 204
    assert hers.get(f"content/{text['id']}/").status_code == 404
    assert Persona.objects.count() == 1


# ---- whose ----


def test_texts_of_others_are_as_if_they_were_not_there(hers, his, text):
    """Row 3: to the last byte."""
    data = {"title": "Mine", "persona": text["persona"]}
    for answer, missing in (
        (his.get(f"content/{text['id']}/"), his.get("content/999999/")),
        (his.put(f"content/{text['id']}/", data), his.put("content/999999/", data)),
        (his.patch(f"content/{text['id']}/", data), his.patch("content/999999/", data)),
        (his.delete(f"content/{text['id']}/"), his.delete("content/999999/")),
    ):
        assert (answer.status_code, answer.content) == (404, missing.content)
    assert his.get("content/").json()["count"] == 0
    assert hers.get(f"content/{text['id']}/").json() == text


def test_a_text_is_of_a_persona_of_ones_own(hers, his, ben, text):
    """Row 3: another's persona can be neither named nor told from one that there is not."""
    own = his.made("content/", {"persona": Persona.objects.create(author=ben, name="B", attrs={}).pk, "title": "T"})
    theirs, missing = ({"persona": key, "title": "Mine"} for key in (text["persona"], 999_999))
    for ask in (
        lambda data: his.post("content/", data),
        lambda data: his.put(f"content/{own['id']}/", data),
        lambda data: his.patch(f"content/{own['id']}/", data),
        lambda data: his.get("content/", {"persona": data["persona"]}),
    ):
        answer, other = ask(theirs), ask(missing)
        assert answer.status_code == other.status_code == 400
        assert answer.content.replace(str(text["persona"]).encode(), b"") == other.content.replace(b"999999", b"")
    assert his.get(f"content/{own['id']}/").json() == own


def test_tags_of_others_are_not_shared(hers, his, ben, text):
    """Row 3: neither their spelling nor their texts."""
    persona = Persona.objects.create(author=ben, name="B", attrs={}).pk
    made = his.made("content/", {"persona": persona, "title": "T", "tags": ["SEA"]})
    assert made["tags"] == ["SEA"]
    assert [each["title"] for each in his.get("content/?tag=sea").json()["results"]] == ["T"]


# ---- lists ----


@pytest.fixture
def three(hers, persona, ada):
    """Give three texts of two personas."""
    other = Persona.objects.create(author=ada, name="Zoe", attrs={}).pk
    hers.made("content/", {"persona": persona, "title": "A", "body": "one", "tags": ["sea", "fog"]})
    hers.made("content/", {"persona": other, "title": "B", "body": "one two", "status": "published"})
    hers.made("content/", {"persona": other, "title": "C", "status": "archived", "tags": ["Sea"]})
    return other


@pytest.mark.parametrize(
    ("query", "expected"),
    {
        "": "CBA",
        "status=published": "B",
        "tag=SEA": "CA",
        "tag=sea&status=draft": "A",
        "title=a": "A",
        "word_count__gte=1": "BA",
        "word_count__lte=1&ordering=title": "AC",
        "published_at__gte=2020-01-01T00:00:00Z": "B",
        "ordering=published_at,title": "BAC",
        "ordering=-published_at,-title": "BCA",
        "ordering=-word_count": "BAC",
        "ordering=persona__name,title": "ABC",
    }.items(),
)
def test_texts_are_found_and_sorted(hers, three, query, expected):
    """Row 32."""
    answer = hers.get(f"content/?{query}")
    assert answer.status_code == 200, answer.content
    assert "".join(each["title"] for each in answer.json()["results"]) == expected


def test_texts_of_one_persona_are_found(hers, three):
    """Row 32."""
    assert hers.get(f"content/?persona={three}&fields=title&ordering=title").json()["results"] == [
        {"title": "B"},
        {"title": "C"},
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    {
        "status=gone": {"status": ["invalid_choice"]},
        "persona=x": {"persona": ["invalid_choice"]},
        "statuss=draft": {"statuss": ["unknown"]},
        "word_count__gte=x": {"word_count__gte": ["invalid"]},
        "word_count__gte=99999999999999999999": {"word_count__gte": ["max_value"]},
        "ordering=tags": {"ordering": ["unknown"]},
        "ordering=persona__author__user__password": {"ordering": ["unknown"]},
        "fields=bodi": {"fields": ["unknown"]},
    }.items(),
)
def test_what_there_is_not_is_an_error(hers, three, query, expected):
    """Row 32."""
    assert codes(hers.get(f"content/?{query}")) == expected


def test_a_list_takes_as_many_queries_for_many_as_for_few(hers, persona, django_assert_num_queries):
    """Row 48: one each for the account, its author, the number of rows, the rows with their personas, and the tags."""
    for count in (1, 30):
        for number in range(count):
            hers.made("content/", {"persona": persona, "title": f"{number}", "tags": ["sea", f"t{number}"]})
        with django_assert_num_queries(5):
            answer = hers.get("content/?page_size=200&ordering=persona__name")
    assert len(answer.json()["results"]) == 31


def test_a_text_has_no_attributes_to_be_asked_for(hers, text):
    """Row 13: those are of personas, and a filter that nobody reads would show everything."""
    answer = hers.get("content/?attributes.tone=dry")
    assert codes(answer) == {"attributes.tone": ["unknown"]}
    assert answer.json()["attributes.tone"][0]["message"] == "There is no such parameter."
