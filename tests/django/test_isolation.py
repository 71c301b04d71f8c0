"""Whatever characters selectors hold, no schema of one tenant is ever given to another."""

from __future__ import annotations

import unicodedata

import pytest
from django.db import transaction
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from landregistry.models import Organization, Party, Project
from testapp.models import Note, Pair, Team

from jsonattrs_core import Attribute, SchemaError
from jsonattrs_django.models import SchemaRecord
from tests.django.others import elsewhere

#: Characters that separate, quote, escape or match something somewhere.
ODD = (
    "", " ", "a", "A", "a ", " a", "a,b", "b,a", "a, b", '","', 'a","b', "a', 'b", "None", "null", "any", "*", "%", "_",
    "a%", "a_", "1.0", "True", "0", "-1", "\x01", "\x1f", "\n", "\r\n", "\t", "'", '"', "''", "\\", "\\'", "\\n", ";",
    "--", "1", "01", "$1", "%s", "{}", "[]", '["a"]', '["a", "b"]', "é", "e\u0301", "ß", "ss", "ﬁ", "𝄞", "\u200b",
    "\u202e", "\ufeff", "\u0130", "\u0131", "i", "x" * 99 + "1", "x" * 99 + "2",
)  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(ODD),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20),
    st.text("abAB01,;'\"\\%_[]{}() \n\t-", max_size=6),
)


def defined_for(kind, name="own", team=None):
    return SchemaRecord.objects.define(Note, [Attribute(name, "text")], selectors=(team, kind))


def names(kind, team=None):
    return [*SchemaRecord.objects.for_selectors(Note, (team, kind))]


@pytest.mark.django_db
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mine=TEXTS, theirs=TEXTS)
@example("a,b", "a")
@example("1", "01")
@example("", "None")
@example("e\u0301", "é")
def test_a_schema_applies_to_its_own_text_and_no_other(mine, theirs):
    assume(mine != theirs)
    with transaction.atomic():
        defined_for(mine)

        assert (names(mine), names(theirs), names(None)) == (["own"], [], [])
        note = Note.objects.create(kind=mine, attrs={"own": "x"})
        assert dict(Note.objects.get(pk=note.pk).attrs) == {"own": "x"}
        assert list(Note(kind=theirs).attrs.schema) == []
        note.kind = theirs
        assert (dict(note.attrs), note.attrs.orphans) == ({}, {"own": "x"})
        assert [*SchemaRecord.objects.scopes(Note)] == [(None, None), (None, mine)]

        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [5, 2000], ids=["few-cached", "all-cached"])
def test_from_the_cache_each_text_has_its_own_schema_too(size, settings):
    settings.JSONATTRS = {"CACHED_SCOPES": size}
    with transaction.atomic():
        for place, kind in enumerate(ODD):
            defined_for(kind, f"own{place}")

    for _ in range(2):
        assert {kind: names(kind) for kind in ODD} == {kind: [f"own{place}"] for place, kind in enumerate(ODD)}
    assert elsewhere(lambda: {kind: names(kind) for kind in ODD}) == {kind: names(kind) for kind in ODD}
    assert names("nobody's") == names(None) == []
    notes = Note.objects.bulk_create([Note(kind=kind, attrs={f"own{place}": "x"}) for place, kind in enumerate(ODD)])
    assert [list(note.attrs) for note in Note.objects.order_by("pk")] == [list(note.attrs) for note in notes]
    assert [len(schema) for schema in SchemaRecord.objects.for_instances(notes)] == [1] * len(ODD)


PAIRS = {
    "comma": (("a,b", ""), ("a", "b")),
    "empty-and-any": (("", "x"), (None, "x")),
    "any-and-empty": (("x", ""), ("x", None)),
    "the-word-none": (("None", "x"), (None, "x")),
    "swapped": (("a", "b"), ("b", "a")),
    "moved": (("a", None), (None, "a")),
    "quotes": (('a", "b', "c"), ("a", 'b", "c')),
    "json": (('["a", "b"]', None), ("a", "b")),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("mine", "theirs"), PAIRS.values(), ids=PAIRS)
def test_two_texts_are_never_read_as_two_others(mine, theirs):
    SchemaRecord.objects.define(Pair, [Attribute("mine", "text")], selectors=mine)
    SchemaRecord.objects.define(Pair, [Attribute("theirs", "text")], selectors=theirs)

    def applies(selectors, name):
        return name in SchemaRecord.objects.for_selectors(Pair, selectors)

    assert applies(mine, "mine")
    assert applies(theirs, "theirs")
    assert applies(mine, "theirs") == all(want in (None, has) for want, has in zip(theirs, mine, strict=True))
    assert applies(theirs, "mine") == all(want in (None, has) for want, has in zip(mine, theirs, strict=True))
    assert SchemaRecord.objects.count() == 2


@pytest.mark.django_db
def test_numbers_are_not_run_together():
    """Organisation 1 with project 11 is not organisation 11 with project 1."""
    for pk in (1, 11, 111):
        Organization.objects.create(pk=pk, slug=f"o{pk}", name="O")
    for pk in (1, 11, 111):
        Project.objects.create(pk=pk, organization_id=pk, slug=f"p{pk}", name="P")
    pairs = [(one, other) for one in (1, 11, 111) for other in (1, 11, 111)]
    for one, other in pairs:
        SchemaRecord.objects.define(Party, [Attribute(f"a{one}_{other}", "text")], selectors=(one, other))

    for one, other in pairs:
        assert [*SchemaRecord.objects.for_selectors(Party, (one, other))] == [f"a{one}_{other}"]


@pytest.mark.django_db
def test_a_number_and_its_text_are_one_value_where_the_column_holds_text():
    defined_for(1)

    assert names("1") == names(1) == ["own"]
    assert names("01") == names("1.0") == []


@pytest.mark.django_db
def test_a_row_is_known_by_its_key_however_it_is_given():
    one, two = Team.objects.create(code="one"), Team.objects.create(code="two")
    defined_for(None, team=one)

    for given_as in (one, one.pk, str(one.pk), one.pk.hex, str(one.pk).upper()):
        assert names(None, given_as) == ["own"]
    assert names(None, two) == []


@pytest.mark.django_db
@pytest.mark.parametrize("value", [object(), "no uuid", True, b"x"], ids=["object", "text", "truth", "bytes"])
def test_what_no_row_can_be_known_by_is_refused(value):
    with pytest.raises(SchemaError, match="team"):
        names(None, value)


@pytest.mark.django_db
def test_forms_of_one_text_stay_apart_as_the_column_keeps_them_apart():
    composed, decomposed = "é", unicodedata.normalize("NFD", "é")
    defined_for(composed)

    assert (names(composed), names(decomposed)) == (["own"], [])
    Note.objects.create(kind=decomposed, title="decomposed")
    assert list(Note.objects.get(title="decomposed").attrs.schema) == []
