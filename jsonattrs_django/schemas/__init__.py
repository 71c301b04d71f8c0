"""Which schema applies to a record.

``generation`` says whether what a process knows is still true, ``scope`` is one composed and compiled schema, ``cache``
keeps them, ``source`` finds them for one attribute field; ``reach`` tells which scopes there are, and ``impact`` what a
change means for them.
"""
