"""What schemathesis is told: servers refuse addresses that are longer than a line, before any application sees them."""

from __future__ import annotations

from urllib.parse import urlencode

import schemathesis

#: Bytes of a query string; Python's server reads lines of 65,536.
LONGEST = 50_000


@schemathesis.hook
def filter_case(context, case):
    return len(urlencode(case.query or {}, doseq=True)) < LONGEST
