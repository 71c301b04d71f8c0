"""The schema editor, in Django's admin: what people edit goes to a draft, and takes effect when it is published.

``access`` says who may see which scope, ``drafts`` holds what is edited, ``scopes`` knows the tree of scopes;
``jsonattrs_django.planning`` tells what a change means for the records there are, and ``publishing`` makes it so.
``views`` shows all that, at the addresses that ``urls`` lists.
"""
