"""How attributes are asked for in queries.

``stored`` writes the SQL of one typed value, ``outputs`` are the fields that such values are read as, ``moments`` those
of dates and times, ``names`` decides which attribute a name means, ``transforms`` and ``lookups`` are what Django's
queries are made of, ``given`` what they compare with, ``lists`` asks for attributes with several values, ``defaults``
for what a record without the key reads as, ``documents`` for the whole.
"""
