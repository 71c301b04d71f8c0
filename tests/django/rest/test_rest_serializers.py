"""Serializers of records with attributes: which schema counts, what a request touches, and what it leaves alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import QueryDict
from landregistry.models import Organization, Party, Project
from rest_framework import serializers
from testapp.models import Note, Team, Twin

from jsonattrs_core import Attribute, Choice, Rule
from jsonattrs_django.models import AttributeRecord, SchemaRecord
from jsonattrs_django.rest_framework import AttributeModelSerializer, AttributesField
from jsonattrs_django.testing import reset
from tests.django.rest.api import API, FIELDS, serializer_class
from tests.django.stored import plainly_stored, store

pytestmark = pytest.mark.django_db

SCORE = Attribute("score", "integer", constraints={"max": 10})
NOTE = Attribute("note", "text", key="remark")
Parties = serializer_class(Party)
Flat = serializer_class(Party, flatten_attributes=True)


@pytest.fixture
def offices():
    return [Organization.objects.create(slug=slug, name=slug) for slug in ("north", "south")]


@pytest.fixture
def projects(offices):
    """A project of each organisation. All have a score and a note; in the south also a ward, which is required."""
    SchemaRecord.objects.define(Party, [SCORE, NOTE])
    north, south = [Project.objects.create(organization=each, slug=each.slug, name=each.name) for each in offices]
    SchemaRecord.objects.define(Party, [Attribute("ward", "text", required=True)], selectors=(south.organization,))
    return north, south


def party(project, **attrs):
    return Party.objects.create(project=project, name="old", attrs=attrs)


def body(project, **attrs):
    return {"project": project.pk, "name": "new", "attrs": attrs}


# ---- which schema counts ----


def test_a_new_record_has_the_schema_of_the_selectors_in_the_same_payload(projects):
    north, south = projects
    api = API(Parties)

    assert api.post(body(south, ward="3")).json["attrs"] == {"ward": "3"}
    assert api.post(body(south)).json["attrs"]["ward"][0]["code"] == "required"
    assert api.post(body(north, ward="3")).json["attrs"]["ward"][0]["code"] == "unknown"


def test_selectors_that_a_view_provides_count_too(projects):
    _, south = projects
    mine = serializer_class(Party, project=serializers.HiddenField(default=south), fields=["project", "name", "attrs"])

    assert API(mine).post({"name": "new", "attrs": {}}).json == {
        "attrs": {"ward": [{"message": "A value is required.", "code": "required", "params": {}}]}
    }


def test_a_selector_that_is_left_out_is_the_default_of_its_column(projects):
    north, _ = projects
    SchemaRecord.objects.define(Party, [Attribute("shares", "integer")], selectors=(None, None, "CO"))
    api = API(Parties)

    assert api.post(body(north, shares=1)).status == 400
    assert api.post({**body(north, shares=1), "type": "CO"}).json["attrs"] == {"shares": 1}


def test_a_stored_record_has_its_own_schema_unless_the_payload_moves_it(projects):
    north, south = projects
    record = party(north, score=1)
    api = API(Parties)

    assert api.patch({"attrs": {"ward": "3"}}, pk=record.pk).json["attrs"]["ward"][0]["code"] == "unknown"
    assert api.patch({"project": south.pk, "attrs": {"ward": "3"}}, pk=record.pk).json["attrs"] == {
        "score": 1,
        "ward": "3",
    }


def test_a_move_checks_the_whole_document_by_the_new_schema(projects):
    north, south = projects
    SchemaRecord.objects.define(Party, [Attribute("score", constraints={"max": 3})], selectors=(None, south))
    record = party(north, score=9)

    answer = API(Parties).patch({"project": south.pk}, pk=record.pk)

    assert {name: [each["code"] for each in several] for name, several in answer.json["attrs"].items()} == {
        "score": ["max"],
        "ward": ["required"],
    }
    record.refresh_from_db()
    assert record.project == north


def test_what_the_new_schema_does_not_define_becomes_an_orphan(projects):
    north, south = projects
    record = party(south, ward="3")

    answer = API(Parties).patch({"project": north.pk}, pk=record.pk)

    assert answer.json["attrs"] == {}
    assert plainly_stored(record) == {"ward": "3"}


def test_a_selector_that_is_refused_says_so_and_nothing_is_said_of_attributes(projects):
    answer = API(Parties).post({"project": 10**9, "name": "new", "attrs": {"x": 1}})

    assert list(answer.json) == ["project"]


def test_other_fields_and_attributes_are_refused_together(projects):
    answer = API(Parties).post({**body(projects[0], score=11), "name": ""})

    assert {name: answer.json[name] for name in ("name", "attrs")} == answer.json
    assert answer.json["attrs"]["score"][0]["params"] == {"limit": 10}


# ---- PATCH, PUT and POST ----


def test_patch_touches_only_what_it_names(projects):
    record = party(projects[0], score=1, note="x")
    api = API(Parties)

    assert api.patch({"attrs": {"score": 2}}, pk=record.pk).json["attrs"] == {"score": 2, "note": "x"}
    assert api.patch({"name": "y"}, pk=record.pk).json["attrs"] == {"score": 2, "note": "x"}
    assert api.patch({"attrs": {}}, pk=record.pk).json["attrs"] == {"score": 2, "note": "x"}
    assert api.patch({"attrs": {"note": None}}, pk=record.pk).json["attrs"] == {"score": 2, "note": None}


def test_patch_leaves_what_somebody_else_has_changed_meanwhile(projects):
    record = party(projects[0], score=1, note="x")
    serializer = Parties(record, data={"attrs": {"score": 2}}, partial=True)
    serializer.is_valid(raise_exception=True)
    other = Party.objects.get(pk=record.pk)
    other.attrs["note"] = "y"
    other.save()

    serializer.save()

    assert plainly_stored(record) == {"score": 2, "remark": "y"}


def test_patch_of_a_record_that_does_not_fit_any_more_is_about_what_it_names(projects):
    record = party(projects[0], note="x")
    store(record, '{"score": 99, "remark": "x"}')

    assert API(Parties).patch({"attrs": {"note": "y"}}, pk=record.pk).json["attrs"] == {"score": 99, "note": "y"}


def test_put_replaces_what_the_schema_defines_and_keeps_orphans(projects):
    record = party(projects[0], score=1, note="x")
    store(record, '{"score": 1, "remark": "x", "gone": 1.10}')

    answer = API(Parties).put(body(projects[0], score=2), pk=record.pk)

    assert answer.json["attrs"] == {"score": 2}
    assert plainly_stored(record) == {"score": 2, "gone": 1.1}


def test_put_demands_what_is_required(projects):
    record = party(projects[1], ward="3")

    answer = API(Parties).put(body(projects[1], score=2), pk=record.pk)

    assert answer.json["attrs"]["ward"][0]["code"] == "required"
    assert plainly_stored(record) == {"ward": "3"}


def test_put_that_says_nothing_of_attributes_leaves_them_unless_the_field_is_required(projects):
    record = party(projects[0], score=1)
    payload = {"project": projects[0].pk, "name": "y"}

    assert API(Parties).put(payload, pk=record.pk).json["attrs"] == {"score": 1}
    strict = serializer_class(Party, extra_kwargs={"attrs": {"required": True}})
    assert API(strict).put(payload, pk=record.pk).json["attrs"][0]["code"] == "required"
    assert API(strict).patch(payload, pk=record.pk).json["attrs"] == {"score": 1}


def test_what_was_read_can_be_put_as_it_is(projects):
    record = party(projects[0], score=1, note=None)
    before = plainly_stored(record)
    api = API(Parties)

    api.put(api.get(pk=record.pk).json, pk=record.pk)

    assert plainly_stored(record) == before


def test_post_applies_defaults_and_put_and_patch_do_not(projects):
    SchemaRecord.objects.define(Party, [SCORE, NOTE, Attribute("lang", "text", default="en")])
    api = API(Parties)

    made = api.post(body(projects[0])).json
    assert made["attrs"] == {"lang": "en"}
    assert api.put(body(projects[0]), pk=made["id"]).json["attrs"] == {}
    assert api.patch({"attrs": {"score": 1}}, pk=made["id"]).json["attrs"] == {"score": 1}


def test_a_value_that_was_stored_before_the_attribute_was_there_reads_as_its_initial_default(projects):
    record = party(projects[0], score=1)
    SchemaRecord.objects.define(Party, [SCORE, Attribute("lang", "text", initial_default="en"), NOTE])

    assert API(Parties).get(pk=record.pk).json["attrs"] == {"score": 1, "lang": "en"}
    assert plainly_stored(record) == {"score": 1}


CONDITIONAL = [Attribute("active", "boolean"), Attribute("parent", "text", required_if="active", visible_if="active")]


@pytest.mark.parametrize(
    ("attrs", "codes"),
    [
        ({"active": True}, {"parent": ["required"]}),
        ({"active": True, "parent": "p"}, None),
        ({"active": False}, None),
        ({}, None),
    ],
)
def test_conditions_are_those_of_the_engine(projects, attrs, codes):
    SchemaRecord.objects.define(Party, CONDITIONAL)

    answer = API(Parties).post(body(projects[0], **attrs))

    found = {name: [each["code"] for each in several] for name, several in answer.json["attrs"].items()} if codes else 0
    assert (answer.status, found) == ((400, codes) if codes else (201, 0))


def test_conditions_see_what_a_patch_does_not_name(projects):
    SchemaRecord.objects.define(Party, CONDITIONAL)
    record = party(projects[0], active=True, parent="p")
    api = API(Parties)

    assert api.patch({"attrs": {"parent": None}}, pk=record.pk).json["attrs"]["parent"][0]["code"] == "required"
    assert api.patch({"attrs": {"parent": None, "active": False}}, pk=record.pk).status == 200


def test_rules_of_the_record_are_told_beside_the_attributes(projects):
    rule = Rule("score > 1 || note == 'low'", {"en": "Say that it is low", "de": "Sagen, dass es wenig ist"})
    SchemaRecord.objects.define(Party, [SCORE, NOTE], rules=[rule])

    answer = API(Parties).post(body(projects[0], score=1, note="x"))

    assert answer.json == {
        "attrs": {"non_field_errors": [{"message": "Say that it is low", "code": "rule", "params": {}}]}
    }


def test_a_retired_choice_is_kept_and_not_taken_up(projects):
    SchemaRecord.objects.define(Party, [Attribute("colour", "text", choices=["red", "blue"])])
    record, other = party(projects[0], colour="red"), party(projects[0], colour="blue")
    retired = [Choice("red", "Red", retired=True), "blue"]
    SchemaRecord.objects.define(Party, [Attribute("colour", "text", choices=retired)])
    api = API(Parties)

    assert api.put(body(projects[0], colour="red"), pk=record.pk).status == 200
    assert api.put(body(projects[0], colour="red"), pk=other.pk).json["attrs"]["colour"][0]["code"] == "choice"


# ---- what cannot be written at all ----


def test_a_document_that_is_no_object_reads_as_empty_and_is_not_written(projects):
    record = party(projects[0])
    store(record, "[1]")
    api = API(Parties)

    assert api.get(pk=record.pk).json["attrs"] == {}
    assert api.patch({"attrs": {"score": 1}}, pk=record.pk).json["attrs"]["non_field_errors"][0]["code"] == "type"
    assert plainly_stored(record) == [1]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('{"score": 1e400}', {"score": "1E+400"}),
        ('{"score": -1e400, "remark": 1.50}', {"score": "-1E+400", "note": 1.5}),
        ('{"remark": {"deep": [1e400, 2]}}', {"note": {"deep": ["1E+400", 2]}}),
    ],
)
def test_numbers_that_no_json_of_ours_can_write_are_sent_as_texts(projects, text, shown):
    record = party(projects[0])
    store(record, text)

    assert _exactly(API(Parties).get(pk=record.pk).json["attrs"]) == _exactly(shown)


def _exactly(value):
    """Return a JSON value in which numbers, and texts of numbers, are equal if they are the same number."""
    if isinstance(value, dict):
        return {key: _exactly(each) for key, each in value.items()}
    return [*map(_exactly, value)] if isinstance(value, list) else Decimal(str(value))


def test_under_a_schema_that_cannot_be_used_records_can_be_read_and_other_fields_be_written(projects):
    record = party(projects[0], score=1, note="x")
    AttributeRecord.objects.filter(key="score").update(definition={"key": "score", "type": "no-such-type"})
    reset()
    api = API(Parties)

    assert api.get(pk=record.pk).json["attrs"] == {"score": 1, "note": "x"}
    assert api.patch({"name": "y"}, pk=record.pk).json["attrs"] == {"score": 1, "note": "x"}
    for answer in (api.patch({"attrs": {"note": "y"}}, pk=record.pk), api.post(body(projects[0], note="y"))):
        assert answer.json["attrs"] == {
            "non_field_errors": [
                {
                    "message": "The attributes cannot be changed at present, since their schema cannot be used.",
                    "code": "provider_error",
                    "params": {},
                }
            ]
        }


# ---- Meta ----


@pytest.mark.parametrize("options", [{"fields": ["id", "project", "name"]}, {"fields": None, "exclude": ["attrs"]}])
def test_a_serializer_without_the_field_leaves_attributes_alone(projects, options):
    plain = serializer_class(Party, **options)
    record = party(projects[0], score=1)

    answer = API(plain).put({"project": projects[0].pk, "name": "y", "attrs": {"score": 5}}, pk=record.pk)

    assert "attrs" not in answer.json
    assert plainly_stored(record) == {"score": 1}


def test_a_serializer_without_the_field_says_what_storing_refuses_and_names_nothing(projects):
    plain = serializer_class(Party, fields=["project", "name"])

    answer = API(plain).post({"project": projects[1].pk, "name": "y"})

    assert answer.json == {
        "non_field_errors": [
            {"message": "An attribute that you cannot see here is refused.", "code": "required", "params": {}}
        ]
    }


def test_all_fields_have_the_attributes_among_them(projects):
    record = party(projects[0], score=1)

    assert API(serializer_class(Party, fields="__all__")).get(pk=record.pk).json["attrs"] == {"score": 1}


def test_a_read_only_field_shows_the_attributes_and_takes_nothing(projects):
    shown = serializer_class(Party, read_only_fields=["attrs"])
    record = party(projects[0], score=1)

    assert API(shown).patch({"attrs": {"score": 5}}, pk=record.pk).json["attrs"] == {"score": 1}


def test_the_field_may_have_another_name(projects):
    renamed = serializer_class(Party, data=AttributesField(source="attrs"), fields=["id", "project", "name", "data"])
    api = API(renamed)

    made = api.post({"project": projects[0].pk, "name": "x", "data": {"score": 1}})
    assert made.json["data"] == {"score": 1}
    assert list(api.patch({"data": {"score": 11}}, pk=made.json["id"]).json) == ["data"]


def test_only_some_attributes(projects):
    record = party(projects[0], score=1, note="x")
    only = API(serializer_class(Party, extra_kwargs={"attrs": {"only": ["score"]}}))
    without = API(serializer_class(Party, extra_kwargs={"attrs": {"exclude": ["score"]}}))

    assert only.get(pk=record.pk).json["attrs"] == {"score": 1}
    assert without.get(pk=record.pk).json["attrs"] == {"note": "x"}
    assert only.patch({"attrs": {"note": "y"}}, pk=record.pk).json["attrs"]["note"][0]["code"] == "unknown"
    assert only.put(body(projects[0]), pk=record.pk).json["attrs"] == {}
    assert plainly_stored(record) == {"remark": "x"}


def test_several_attribute_fields_are_checked_each_by_its_own_schema():
    SchemaRecord.objects.define(Twin, [SCORE], field="left")
    SchemaRecord.objects.define(Twin, [NOTE], field="right")
    api = API(serializer_class(Twin))

    assert api.post({"left": {"score": 1}, "right": {"note": "x"}}).json == {
        "id": Twin.objects.get().pk,
        "left": {"score": 1},
        "right": {"note": "x"},
    }
    refused = api.post({"left": {"note": "x"}, "right": {"note": 5}}).json
    assert {name: {each: errors[0]["code"] for each, errors in found.items()} for name, found in refused.items()} == {
        "left": {"note": "unknown"},
        "right": {"note": "type"},
    }


# ---- REST framework's own ----


class Judged(AttributeModelSerializer):
    """Has its say, as any serializer may."""

    class Meta:
        model = Party
        fields = FIELDS[Party]
        validators = (
            serializers.UniqueTogetherValidator(
                queryset=Party.objects.all(), fields=["project", "name"], message="taken"
            ),
        )

    def validate_attrs(self, value):
        if value.get("score") == 7:
            raise serializers.ValidationError({"score": ["No sevens"]})
        return {**value, "note": "checked"}

    def validate(self, data):
        if data["attrs"].get("score") == 8:
            raise serializers.ValidationError("No eights")
        return data


def test_a_method_of_the_field_and_validate_see_clean_values_and_may_change_them(projects):
    api = API(Judged)

    made = api.post(body(projects[0], score=1))
    assert made.json["attrs"] == {"score": 1, "note": "checked"}
    assert api.post(body(projects[0], score=7)).json["attrs"]["score"][0]["message"] == "No sevens"
    assert api.post({**body(projects[0], score=8), "name": "b"}).json["non_field_errors"][0]["message"] == "No eights"
    assert api.patch({"attrs": {"score": 2}}, pk=made.json["id"]).json["attrs"] == {"score": 2, "note": "checked"}


def test_validators_of_several_fields_go_on_working(projects):
    party(projects[0])

    answer = API(Judged).post({**body(projects[0]), "name": "old"})

    assert answer.json == {"non_field_errors": [{"message": "taken", "code": "unique", "params": {}}]}


def test_constraints_of_the_model_go_on_working(offices):
    api = API(serializer_class(Project))
    payload = {"organization": offices[0].pk, "slug": "a", "name": "A"}

    assert api.post(payload).status == 201
    assert api.post(payload).json["non_field_errors"][0]["code"] == "unique"


def test_validated_data_have_typed_values_and_data_json_before_anything_is_saved(projects):
    SchemaRecord.objects.define(Party, [Attribute("born", "date")])
    serializer = Parties(data=body(projects[0], born="1984-02-29"))

    assert serializer.is_valid()
    assert serializer.validated_data["attrs"]["born"].year == 1984
    assert serializer.data["attrs"] == {"born": "1984-02-29"}


def test_values_that_a_view_adds_when_it_saves_are_respected(projects):
    serializer = Parties(data=body(projects[0], score=1))
    serializer.is_valid(raise_exception=True)

    assert serializer.save(name="of the view").name == "of the view"


@pytest.mark.parametrize("serializer", [Parties, Flat], ids=["nested", "flattened"])
def test_a_form_sends_the_attributes_as_json_text(projects, serializer):
    def sent(text):
        data = QueryDict(mutable=True)
        data.update({"project": str(projects[0].pk), "name": "x", "attrs": text})
        return serializer(data=data)

    good, broken = sent('{"score": 3}'), sent('{"score": 3, "score": 4}')

    assert good.is_valid(), good.errors
    assert good.validated_data["attrs"] == {"score": 3}
    assert not broken.is_valid()
    assert broken.errors["attrs"][0].code == "syntax"


def test_a_key_may_be_a_uuid():
    team = Team.objects.create(code="t")
    SchemaRecord.objects.define(Note, [SCORE], selectors=(team,))

    assert API(serializer_class(Note)).post({"team": str(team.pk), "title": "x", "attrs": {"score": 1}}).status == 201


def test_a_mistake_in_the_declaration_is_told_at_once():
    class Elsewhere(AttributeModelSerializer):
        data = AttributesField(source="atrs")

        class Meta:
            model = Party
            fields = ("data",)

    class Plain(serializers.Serializer):
        attrs = AttributesField()

    with pytest.raises(ImproperlyConfigured, match=r"Elsewhere.data has the source 'atrs'.*did you mean 'attrs'"):
        Elsewhere().fields  # noqa: B018
    with pytest.raises(ImproperlyConfigured, match=r"Plain.attrs .* AttributeModelSerializer"):
        Plain().fields  # noqa: B018


# ---- flattened ----


def test_flattened_attributes_stand_among_the_other_fields(projects):
    api = API(Flat)
    made = api.post({"project": projects[0].pk, "name": "x", "score": 1}).json

    assert made == {"id": made["id"], "project": projects[0].pk, "type": "IN", "name": "x", "score": 1}
    assert api.patch({"note": "y"}, pk=made["id"]).json["score"] == 1
    assert "score" not in api.put({"project": projects[0].pk, "name": "x", "note": "z"}, pk=made["id"]).json
    assert plainly_stored(Party.objects.get()) == {"remark": "z"}


def test_flattened_errors_stand_where_the_values_would(projects):
    answer = API(Flat).post({"project": projects[0].pk, "name": "", "score": 11, "scor": 1})

    assert {name: [each["code"] for each in several] for name, several in answer.json.items()} == {
        "name": ["blank"],
        "score": ["max"],
        "scor": ["unknown"],
    }


def test_flattened_attributes_that_are_sent_nested_are_refused(projects):
    answer = API(Flat).post({"project": projects[0].pk, "name": "x", "attrs": {"score": 1}})

    assert answer.json["attrs"][0]["code"] == "unknown"


def test_flattened_read_only_fields_can_be_sent_back(projects):
    record = party(projects[0], score=1)
    api = API(Flat)

    assert api.put(api.get(pk=record.pk).json, pk=record.pk).json["score"] == 1


def test_a_flattened_attribute_of_the_name_of_a_field_is_a_mistake_that_names_both(projects):
    SchemaRecord.objects.define(Party, [Attribute("name", "text")])

    with pytest.raises(ImproperlyConfigured, match=r"the field 'name' .* attribute 'name' of landregistry.Party.attrs"):
        API(Flat).post({"project": projects[0].pk, "name": "x"})


def test_several_flattened_fields_share_the_names_out():
    SchemaRecord.objects.define(Twin, [SCORE], field="left")
    SchemaRecord.objects.define(Twin, [NOTE], field="right")
    api = API(serializer_class(Twin, flatten_attributes=True))

    made = api.post({"score": 1, "note": "x"}).json
    assert made == {"id": made["id"], "score": 1, "note": "x"}
    assert api.post({"score": 1, "other": "x"}).json["other"][0]["code"] == "unknown"
    assert plainly_stored(Twin.objects.get(), "right") == {"remark": "x"}


def test_several_flattened_fields_that_share_a_name_are_a_mistake():
    SchemaRecord.objects.define(Twin, [SCORE], field="left")
    SchemaRecord.objects.define(Twin, [SCORE], field="right")

    with pytest.raises(ImproperlyConfigured, match=r"'score' of testapp.Twin.left .* 'score' of testapp.Twin.right"):
        API(serializer_class(Twin, flatten_attributes=True)).post({"score": 1})
