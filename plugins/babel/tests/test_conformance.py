import pytest

from jsonattrs_core import Registry
from jsonattrs_core.testing import cases

CASES = dict(cases(Registry.installed(), provider="babel"))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_conformance(case):
    case()


def test_everything_is_asked_about():
    assert len([name for name in CASES if "@babel/written" in name]) == 4
    assert len([name for name in CASES if name.endswith("@babel/examples")]) == 4
