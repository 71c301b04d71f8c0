"""Everything that the plugin registers passes the conformance kit."""

import pytest

from jsonattrs_core import Registry
from jsonattrs_core.testing import cases

CASES = dict(cases(Registry.installed(), provider="iban"))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_conformance(case):
    case()
