"""Every published sample is decided on as the library beneath the plugin decides, save what the README lists."""

from __future__ import annotations

from importlib.metadata import version

import pytest

from jsonattrs_core import Attribute, Schema, compose, default_registry
from tests.plugins.vectors import FILE, PROVIDERS, deviations, samples

SAMPLES = samples()
#: Verdicts are those of one version of a library; the next one may know better.
KNOWN = {key: rows for key, rows in SAMPLES.items() if version(key[0]) == key[1]}

pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the file of samples is not part of the repository")


def verdicts(provider, subtype, values):
    """Return what is stored for each value, None where it is refused."""
    base = default_registry().subtypes[f"{subtype}@{provider}"].base
    schema = compose(Schema("sample", [Attribute("value", base, subtype=f"{subtype}@{provider}")]))
    validator = schema.compile()
    results = [validator.check({"value": value}) for value in values]
    return [validator.dump(result.value).get("value") if result.ok else None for result in results]


@pytest.mark.parametrize(("library", "release", "subtype"), SAMPLES, ids=lambda part: part)
def test_the_verdicts_are_the_librarys(library, release, subtype):
    if (library, release, subtype) not in KNOWN:
        pytest.skip(f"the samples are of {library} {release}, {version(library)} is installed")
    provider = PROVIDERS[library]
    rows = SAMPLES[library, release, subtype]
    listed = {value for name, value in deviations(provider) if name == subtype}
    stored = verdicts(provider, subtype, [row.value for row in rows])

    differing = {
        row.value: (row.normalized, ours) for row, ours in zip(rows, stored, strict=True) if ours != row.normalized
    }
    assert {value: pair for value, pair in differing.items() if value not in listed} == {}, "not in the README"


@pytest.mark.parametrize("library", PROVIDERS)
def test_every_deviation_that_is_listed_is_one(library):
    provider = PROVIDERS[library]
    known = {subtype: rows for (name, _, subtype), rows in KNOWN.items() if name == library}
    if not known:
        pytest.skip(f"the samples are of another {library} than {version(library)}")
    for subtype, value in deviations(provider):
        [theirs] = [row.normalized for row in known.get(subtype, []) if row.value == value]
        [ours] = verdicts(provider, subtype, [value])
        assert ours != theirs, (subtype, value)


def test_the_samples_are_of_libraries_that_we_have():
    assert {library for library, _, _ in SAMPLES} == set(PROVIDERS)
