"""Values that no two records may share, enforced by the database: one unique index for each attribute, for all scopes.

``members`` are what a document holds for it, ``claims`` says what a scope asks for, ``writing`` adds it to a write, and
``lookups`` asks who claims what. ``conflicts`` asks before a write whether two records claim the same, and ``watching``
meets it in the database. ``moves`` is for records that a write takes to another scope, ``related`` for those that a row
of another table does, and ``mending`` puts claims right that are not as they should be. ``enforcing`` turns uniqueness
on where there are records already, and ``states`` knows whether it is.
"""
