"""The compiler: a composed schema becomes functions specialised for it.

``plan`` finds every fault and gathers what each attribute needs, ``item`` checks one value, ``collect`` decides on a
whole record, ``expressions`` binds rules and conditions. ``fast`` and ``reading`` write functions for one schema, and
``fingerprint`` tells which schemas are alike. ``validator`` is the result.
"""
