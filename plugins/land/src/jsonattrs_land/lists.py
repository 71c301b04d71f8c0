"""The code lists, and where each is from.

ISO 19152:2012, the Land Administration Domain Model (LADM), has its code lists in Annex J, which says what a list is
for and lets every registry extend it. The codes marked SOLA are those that the reference tables of FAO's open source
land registry, Solutions for Open Land Administration, have besides; most of them it marks as extensions of the model.
The terms marked Cadasta are the tenure types that the Cadasta Platform offered to field surveys, where ISO 19152 has
none that means the same; Cadasta abbreviated them to two letters, and the codes here spell them out.

>>> TENURE.check("InformalOccupation")
'informalOccupation'
>>> SPATIAL_SOURCE.check("topographicMap")
'topoMap'
>>> dict(PARTY.pairs("fr"))["naturalPerson"]
'Personne physique'
"""

from __future__ import annotations

from jsonattrs_land.codelist import CodeList

__all__ = [
    "ADMINISTRATIVE_SOURCE",
    "AREA",
    "BAUNIT",
    "BUILDING_UNIT",
    "DIMENSION",
    "GROUP_PARTY",
    "LAND_USE",
    "MONUMENTATION",
    "MORTGAGE",
    "PARTY",
    "PARTY_ROLE",
    "RESPONSIBILITY",
    "RESTRICTION",
    "SPATIAL_SOURCE",
    "SURFACE_RELATION",
    "TENURE",
]

#: LA_RightType, then apartment, lifeEstate and stateOwnership of SOLA, then Cadasta's from carbonRights on.
TENURE = CodeList("TENURE")
#: LA_RestrictionType, then caveat, historicPreservation and limitedAccess of SOLA, and mortgage, which is a class of
#: its own in the model.
RESTRICTION = CodeList("RESTRICTION")
#: LA_ResponsibilityType.
RESPONSIBILITY = CodeList("RESPONSIBILITY")
#: LA_MortgageType.
MORTGAGE = CodeList("MORTGAGE")
#: LA_BAUnitType, then the two further types of SOLA.
BAUNIT = CodeList("BAUNIT")
#: LA_AdministrativeSourceType, then SOLA's from agreement on.
ADMINISTRATIVE_SOURCE = CodeList("ADMINISTRATIVE_SOURCE")
#: LA_PartyType.
PARTY = CodeList("PARTY")
#: LA_GroupPartyType.
GROUP_PARTY = CodeList("GROUP_PARTY")
#: LA_PartyRoleType.
PARTY_ROLE = CodeList("PARTY_ROLE")
#: LA_SurfaceRelationType.
SURFACE_RELATION = CodeList("SURFACE_RELATION")
#: LA_DimensionType.
DIMENSION = CodeList("DIMENSION")
#: LA_BuildingUnitType.
BUILDING_UNIT = CodeList("BUILDING_UNIT")
#: LA_AreaType.
AREA = CodeList("AREA")
#: LA_SpatialSourceType, then cadastralSurvey of SOLA. "topographicMap" is written out by many.
SPATIAL_SOURCE = CodeList("SPATIAL_SOURCE", {"topographicmap": "topoMap"})
#: LA_MonumentationType.
MONUMENTATION = CodeList("MONUMENTATION")
#: HILUCS, the Hierarchical INSPIRE Land Use Classification System, all 98 values on three levels: Commission Regulation
#: (EU) No 1089/2010, Annex IV; https://inspire.ec.europa.eu/codelist/HILUCSValue. ISO 19152 leaves land use outside.
LAND_USE = CodeList("LAND_USE")
