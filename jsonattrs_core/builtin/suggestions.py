"""Values that the open subtypes offer; other values are as good."""

from __future__ import annotations

from jsonattrs_core.messages import N_, translate

__all__ = ["genders", "occupations"]

_GENDERS = (
    ("female", N_("Female")),
    ("male", N_("Male")),
    ("non-binary", N_("Non-binary")),
    ("not-stated", N_("Prefer not to say")),
)

#: The major groups of ISCO-08, the International Standard Classification of Occupations (International Labour
#: Organization, 2012).
_OCCUPATIONS = (
    ("managers", N_("Managers")),
    ("professionals", N_("Professionals")),
    ("technicians", N_("Technicians and associate professionals")),
    ("clerical", N_("Clerical support workers")),
    ("services-sales", N_("Service and sales workers")),
    ("agriculture", N_("Skilled agricultural, forestry and fishery workers")),
    ("crafts", N_("Craft and related trades workers")),
    ("operators", N_("Plant and machine operators, and assemblers")),
    ("elementary", N_("Elementary occupations")),
    ("armed-forces", N_("Armed forces occupations")),
)


def genders(language: str | None = None) -> list[tuple[str, str]]:
    """Return ``(value, label)`` pairs, the labels in ``language``."""
    return [(value, translate(label, language)) for value, label in _GENDERS]


def occupations(language: str | None = None) -> list[tuple[str, str]]:
    """Return ``(value, label)`` pairs, the labels in ``language``."""
    return [(value, translate(label, language)) for value, label in _OCCUPATIONS]
