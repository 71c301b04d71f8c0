"""Texts that break a query, a page or a document, where they are not taken for what they are.

None is longer than the shortest attribute takes, and all are composed (NFC), as attributes are kept.
"""

from __future__ import annotations

__all__ = ["HOSTILE", "UNSTORABLE", "shown"]

#: What can be stored as it is.
HOSTILE = {
    "SQL": "'; DROP TABLE personas_persona; --",
    "SQL condition": "1' OR '1'='1') -- %s %(a)s",
    "script": "<script>window.ran=1</script>",
    "picture": '"><img src=x onerror="window.ran=1">',
    "end of script": "</script></textarea><svg onload=window.ran=1>",
    "address": "javascript:window.ran=1",
    "template": "{{ 7|add:7 }}{% debug %}{#x#}${7*7}{0.x}%(name)s",
    "JSON": '", "author": 1, "id": 2, "x": ["\\u0000',
    "path": "../../etc/passwd\\..\\x",
    "query": "a=1&b=2#c?d+%2500;e",
    "turned": "\u202eright to left\u202c and \u200fback \u2066\ufeffx",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈 é 日本語 ﷽",
    "prototype": "__proto__",
    "id": "id",
    "null": "null",
    "number": "1e999",
    "formula": "=cmd|'/c calc'!A0",
}
#: What no row of PostgreSQL and no UTF-8 has.
UNSTORABLE = {"NUL": "a\x00b", "half of a pair": "a\ud800b"}


def shown(text: str) -> str:
    """Return a text as pages show it."""
    from django.utils.html import escape

    return str(escape(text))
