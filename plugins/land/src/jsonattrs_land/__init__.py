"""The terms of land administration, for jsonattrs: code lists of ISO 19152 and others, areas, and parcel numbers.

This module is read in every process that uses jsonattrs, so it holds the table and imports nothing else of the
package. What the functions named here need is imported when a schema that uses them is compiled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonattrs_core import Subtype, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["jsonattrs_subtypes"]


def _listed(name: str, source: str, label: str, summary: str, examples: tuple[str, ...], refused: str) -> Subtype:
    """Return the record of a code list, which ``source`` names in the module ``lists``."""
    return Subtype(
        base="text",
        name=name,
        load=f"jsonattrs_land.lists:{source}.check",
        choices=f"jsonattrs_land.lists:{source}.pairs",
        kind="code-list",
        label=label,
        summary=summary,
        examples=examples,
        invalid_examples=(refused, "\u2013"),
        codes=("choice",),
    )


_LISTS = (
    _listed(
        "tenure-term",
        "TENURE",
        "Tenure",
        "Kind of right to land: LA_RightType of ISO 19152:2012, Annex J, and terms of registries and field surveys.",
        ("ownership", "informalOccupation", "freehold"),
        "rent",
    ),
    _listed(
        "land-use",
        "LAND_USE",
        "Land use",
        "Use of land: the 98 values of HILUCS, the Hierarchical INSPIRE Land Use Classification System.",
        ("1_1_Agriculture", "5_1_PermanentResidentialUse"),
        "agriculture",
    ),
    _listed(
        "spatial-source",
        "SPATIAL_SOURCE",
        "Spatial source",
        "What the geometry of land is taken from: LA_SpatialSourceType of ISO 19152:2012, Annex J.",
        ("gnssSurvey", "fieldSketch"),
        "map",
    ),
    _listed(
        "party-type",
        "PARTY",
        "Party type",
        "What a party with rights to land is: LA_PartyType of ISO 19152:2012, Annex J.",
        ("naturalPerson", "group"),
        "person",
    ),
    _listed(
        "group-party-type",
        "GROUP_PARTY",
        "Group party type",
        "What a group with rights to land is: LA_GroupPartyType of ISO 19152:2012, Annex J.",
        ("family", "tribe"),
        "club",
    ),
    _listed(
        "party-role",
        "PARTY_ROLE",
        "Party role",
        "What a party does in land administration: LA_PartyRoleType of ISO 19152:2012, Annex J.",
        ("notary", "certifiedSurveyor"),
        "owner",
    ),
    _listed(
        "restriction-type",
        "RESTRICTION",
        "Restriction type",
        "What may not be done on land: LA_RestrictionType of ISO 19152:2012, Annex J, and terms of registries.",
        ("noBuilding", "servitude"),
        "forbidden",
    ),
    _listed(
        "responsibility-type",
        "RESPONSIBILITY",
        "Responsibility type",
        "What must be done on land: LA_ResponsibilityType of ISO 19152:2012, Annex J.",
        ("waterwayMaintenance",),
        "maintenance",
    ),
    _listed(
        "mortgage-type",
        "MORTGAGE",
        "Mortgage type",
        "How a mortgage is repaid: LA_MortgageType of ISO 19152:2012, Annex J.",
        ("linear", "microCredit"),
        "annuity",
    ),
    _listed(
        "baunit-type",
        "BAUNIT",
        "Basic administrative unit type",
        "What rights are registered on: LA_BAUnitType of ISO 19152:2012, Annex J, and terms of registries.",
        ("basicPropertyUnit",),
        "parcel",
    ),
    _listed(
        "administrative-source",
        "ADMINISTRATIVE_SOURCE",
        "Administrative source",
        "Document that rights rest on: LA_AdministrativeSourceType of ISO 19152:2012, Annex J, and registries' terms.",
        ("deed", "title", "courtOrder"),
        "paper",
    ),
    _listed(
        "surface-relation",
        "SURFACE_RELATION",
        "Surface relation",
        "Where a spatial unit lies: LA_SurfaceRelationType of ISO 19152:2012, Annex J.",
        ("onSurface", "below"),
        "under",
    ),
    _listed(
        "spatial-unit-dimension",
        "DIMENSION",
        "Dimension",
        "Dimension of a spatial unit: LA_DimensionType of ISO 19152:2012, Annex J.",
        ("2D", "liminal"),
        "4D",
    ),
    _listed(
        "building-unit-type",
        "BUILDING_UNIT",
        "Building unit type",
        "Whether a part of a building is one's own or shared: LA_BuildingUnitType of ISO 19152:2012, Annex J.",
        ("individual", "shared"),
        "flat",
    ),
    _listed(
        "area-type",
        "AREA",
        "Area type",
        "What an area is known from: LA_AreaType of ISO 19152:2012, Annex J.",
        ("officialArea", "surveyedArea"),
        "guessedArea",
    ),
    _listed(
        "monumentation",
        "MONUMENTATION",
        "Monumentation",
        "How a boundary point is marked in the field: LA_MonumentationType of ISO 19152:2012, Annex J.",
        ("cornerstone", "notMarked"),
        "fence",
    ),
)

_AREAS = (
    Subtype(
        base="decimal",
        name="area",
        load="jsonattrs_land.area:make_area",
        factory=True,
        params=("unit",),
        kind="area",
        label="Area",
        summary="An area of 0 or more in the unit that the schema names, in square metres if it names none.",
        examples=("2.5", "0"),
        invalid_examples=("-0.01",),
        codes=("min",),
        input={"inputmode": "decimal"},
    ),
    Subtype(
        base="object",
        name="area",
        load="jsonattrs_land.area:check_area",
        format="jsonattrs_land.area:display",
        kind="area",
        label="Area",
        summary="An area of 0 or more with its unit, and what it is known from: LA_AreaValue of ISO 19152:2012.",
        examples=({"value": "2.5", "unit": "ha"}, {"value": 400, "unit": "m2", "type": "officialArea"}),
        invalid_examples=(
            {"value": "2.5"},
            {"value": "-1", "unit": "ha"},
            {"value": "2.5", "unit": "bigha"},
            {"value": "2.5", "unit": "ha", "size": 1},
        ),
        codes=("required", "type", "format", "min", "too_large", "choice", "unknown"),
    ),
)

_PARCELS = (
    Subtype(
        base="text",
        name="id-government-parcel-id",
        aliases=("id-nib",),
        load="jsonattrs_land.parcels:check_nib",
        format="jsonattrs_land.parcels:display_nib",
        country="ID",
        kind="parcel-id",
        label="NIB",
        summary="Parcel number of the land registry of Indonesia: 14 digits, or the 13 or 5 digits of before 2021.",
        examples=("99990000000010", "99.99.01.01.00123", "00123"),
        invalid_examples=("9999000000001000", "9999-0000000O10", "123"),
        codes=("max_length", "format", "length"),
        pattern="[0-9]{5}|[0-9]{13,14}",
        input={"inputmode": "numeric"},
    ),
    Subtype(
        base="text",
        name="id-tax-object-number",
        aliases=("id-nop",),
        load="jsonattrs_land.parcels:check_nop",
        format="jsonattrs_land.parcels:display_nop",
        country="ID",
        kind="tax-object-number",
        label="NOP",
        summary="Number of a property in the land and building tax of Indonesia: 18 digits.",
        examples=("999901000100200030", "99.99.010.001.002.0003.0"),
        invalid_examples=("99990100010020003", "99.99.010.001.002.000E.0"),
        codes=("max_length", "format", "length"),
        pattern="[0-9]{18}",
        input={"inputmode": "numeric", "mask": "00.00.000.000.000.0000.0"},
    ),
)


@hookimpl
def jsonattrs_subtypes() -> Iterable[Subtype]:
    """Return the table."""
    return (*_LISTS, *_AREAS, *_PARCELS)
