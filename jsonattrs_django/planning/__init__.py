"""Changes of schemas that nobody has made yet: what is published, what would be, and what that means.

``published`` is what one scope has and inherits, ``change`` the schemas as they would be, ``faults`` what would be
wrong with them, ``impact`` what it means for the records there are. The schema editor and the REST interface ask it.
"""
