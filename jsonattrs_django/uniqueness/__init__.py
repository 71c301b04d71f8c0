"""Values that no two records may share, enforced by the database: one unique index for each attribute, for all scopes.

``members`` are what a document holds for it, ``claims`` says what a scope asks for, ``writing`` adds it to a write,
``conflicts`` is what happens where two records claim the same, ``mending`` puts claims right that are not as they
should be, and ``enforcing`` turns uniqueness on where there are records already.
"""
