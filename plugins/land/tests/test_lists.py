"""The code lists: what they hold, how codes are read, and how they are labelled."""

import doctest
import importlib
import pkgutil

import pytest

import jsonattrs_land
import jsonattrs_land.labels
from jsonattrs_core import Attribute, Registry, Schema, SchemaError, compose
from jsonattrs_core.records import resolve
from jsonattrs_land import lists
from jsonattrs_land.labels import LANGUAGES

REGISTRY = Registry.from_plugins({"land": jsonattrs_land})
LISTS = {record.name: record for record in jsonattrs_land.jsonattrs_subtypes() if record.choices}
SOURCES = {name: record.load.partition(":")[2].partition(".")[0] for name, record in LISTS.items()}

#: Codes of ISO 19152:2012, Annex J.
ISO = {
    "tenure-term": "agriActivity commonOwnership customaryType firewood fishing grazing informalOccupation lease "
    "occupation ownership ownershipAssumed superficies tenancy usufruct waterrights",
    "spatial-source": "fieldSketch gnssSurvey orthoPhoto relativeMeasurement topoMap video",
    "party-type": "baunit group naturalPerson nonNaturalPerson",
    "group-party-type": "association baunitGroup family tribe",
    "party-role": "bank certifiedSurveyor citizen conveyancer employee farmer moneyProvider notary stateAdministrator "
    "surveyor writer",
    "restriction-type": "adminPublicServitude monument monumentPartly noBuilding servitude servitudePartly",
    "responsibility-type": "monumentMaintenance waterwayMaintenance",
    "mortgage-type": "levelPayment linear microCredit",
    "baunit-type": "basicPropertyUnit leasedUnit rightOfUseUnit",
    "administrative-source": "agriConsent agriLease agriNotaryStatement deed mortgage title",
    "surface-relation": "above below mixed onSurface",
    "spatial-unit-dimension": "0D 1D 2D 3D liminal",
    "building-unit-type": "individual shared",
    "area-type": "calculatedArea nonOfficialArea officialArea surveyedArea",
    "monumentation": "beacon cornerstone marker notMarked",
}


def validator(name, **more):
    return compose(Schema("parcels", [Attribute("term", "text", subtype=name, **more)])).compile(REGISTRY)


def codes(name, language=None):
    return [code for code, _ in resolve(LISTS[name].choices)(language)]


def test_every_list_is_registered():
    assert sorted(SOURCES.values()) == sorted(lists.__all__)


@pytest.mark.parametrize(("name", "expected"), ISO.items(), ids=ISO)
def test_begins_with_the_codes_of_the_standard(name, expected):
    assert codes(name)[: len(expected.split())] == expected.split()


def test_every_list_but_land_use_is_of_the_standard():
    assert set(LISTS) - set(ISO) == {"land-use"}


def test_land_use_has_all_three_levels_of_hilucs():
    levels = [code.split("_")[:-1] for code in codes("land-use")]
    assert len(levels) == len({tuple(level) for level in levels}) == 98
    assert [len([level for level in levels if len(level) == depth]) for depth in (1, 2, 3)] == [6, 27, 65]
    assert levels == sorted(levels)
    assert all(level[:-1] in levels for level in levels if len(level) > 1)


@pytest.mark.parametrize("name", LISTS)
def test_reads_a_code_in_any_case_and_stores_its_own_spelling(name):
    check = validator(name).check
    for code in codes(name):
        for written in (code, code.upper(), code.lower(), f"  {code} "):
            assert check({"term": written}).value == {"term": code}


REFUSED = {
    "label": ("tenure-term", "Informal occupation"),
    "spaced": ("tenure-term", "informal occupation"),
    "snake-case": ("tenure-term", "informal_occupation"),
    "two-letters-of-cadasta": ("tenure-term", "FH"),
    "level-without-name": ("land-use", "1_1"),
    "name-without-level": ("land-use", "Agriculture"),
    "arabic-digits": ("spatial-unit-dimension", "\u0662D"),
    "superscript": ("spatial-unit-dimension", "\u00b2D"),
    "dotted-i": ("tenure-term", "\u0130nformalOccupation"),
    "long-s": ("tenure-term", "lea\u017fe"),
    "long": ("tenure-term", "x" * 100_000),
}


@pytest.mark.parametrize(("name", "value"), REFUSED.values(), ids=REFUSED)
def test_refuses_what_is_no_code(name, value):
    (problem,) = validator(name).check({"term": value}).problems
    assert problem.code == "choice"
    assert problem.params["count"] == len(codes(name))
    assert problem.params["choices"] == codes(name)[:10]


def test_a_topographic_map_may_be_written_out():
    assert validator("spatial-source").check({"term": "topographicMap"}).value == {"term": "topoMap"}


@pytest.mark.parametrize("source", lists.__all__)
def test_every_language_has_every_label(source):
    english = list(jsonattrs_land.labels.labels(source, "en"))
    for language in LANGUAGES:
        found = jsonattrs_land.labels.labels(source, language)
        assert list(found) == english
        assert all(label == label.strip() and label for label in found.values())


LABELLED = {
    None: "Ownership",
    "en-GB": "Ownership",
    "de": "Eigentum",
    "de_AT": "Eigentum",
    "ES": "Propiedad",
    "fr-CA": "Propri\u00e9t\u00e9",
    "id": "Hak milik",
    "pt": "Ownership",
    "": "Ownership",
    "../de": "Ownership",
}


@pytest.mark.parametrize(("language", "label"), LABELLED.items(), ids=map(str, LABELLED))
def test_labels_are_in_the_readers_language(language, label):
    assert dict(lists.TENURE.pairs(language))["ownership"] == label


def test_labels_of_one_list_are_told_apart():
    for source in lists.__all__:
        for language in LANGUAGES:
            found = list(jsonattrs_land.labels.labels(source, language).values())
            assert len(found) == len(set(found)), (source, language)


def test_json_schema_lists_the_codes_with_labels():
    schema = compose(Schema("parcels", [Attribute("role", "text", subtype="party-type", required=True)]))
    offered = schema.to_json_schema(language="de", registry=REGISTRY)["properties"]["role"]["oneOf"]
    assert {"const": "naturalPerson", "title": "Nat\u00fcrliche Person"} in offered
    assert [choice["const"] for choice in offered] == codes("party-type")


def test_a_schema_narrows_a_list_by_its_own_choices():
    check = validator("tenure-term", choices=["ownership", ("lease", "Rented")]).check
    assert check({"term": "Lease"}).value == {"term": "lease"}
    assert [problem.code for problem in check({"term": "usufruct"}).problems] == ["choice"]


def test_a_schema_cannot_add_to_a_list():
    with pytest.raises(SchemaError, match="refuses its choice 'squatting'"):
        validator("tenure-term", choices=["ownership", "squatting"])


def modules():
    for package in (jsonattrs_land, jsonattrs_land.labels):
        yield package.__name__
        yield from (f"{package.__name__}.{found.name}" for found in pkgutil.iter_modules(package.__path__))


@pytest.mark.parametrize("module", sorted(set(modules())))
def test_doctests(module):
    result = doctest.testmod(importlib.import_module(module))
    assert not result.failed
    assert result.attempted or module.endswith((".codelist", "jsonattrs_land", *LANGUAGES))
