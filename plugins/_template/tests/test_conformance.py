"""What jsonattrs asks of every plugin, made from its table: examples, hostile input, storing, and much else."""

import pytest
from jsonattrs_core import Registry
from jsonattrs_core.testing import cases

CASES = dict(cases(Registry.installed(), provider="template"))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_conformance(case):
    case()
