"""References: attributes whose value is the primary key of a record of another model.

``type`` is the base type, ``targets`` the model and records that an attribute may refer to, ``existence`` asks whether
they are there when a value is written, ``reading`` gives the records of values that are read.
"""
