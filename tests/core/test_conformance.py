"""The built-in plugin passes the conformance kit, as every plugin must."""

from __future__ import annotations

import pytest

from jsonattrs_core import Registry
from jsonattrs_core.testing import cases

CASES = dict(cases(Registry.from_plugins([]), provider="jsonattrs"))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_conformance(case):
    case()


def test_there_is_a_case_for_every_record():
    about = Registry.from_plugins([]).describe()
    tested = {name.rpartition("/")[0].rpartition("/")[2] for name in CASES}

    assert tested == {f"{row['name']}@jsonattrs" for row in about}
    assert len(CASES) > 200
