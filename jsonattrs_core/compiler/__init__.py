"""The compiler: a composed schema becomes functions specialised for it.

``plan`` finds every fault and gathers what each attribute needs, ``items`` checks one value, ``inline`` writes the fast
path, ``expressions`` binds rules and conditions, ``records`` decides on a whole record, ``validator`` is the result.
"""
