"""The constraint ``json_schema``: a stranger's schema for an object, read strictly and applied in bounded time.

``schema`` loads it, ``reading`` and ``patterns`` refuse what is unsafe, ``cost`` bounds the time it can take,
``engine`` holds the library, ``check`` decides on a value, ``reasons`` and ``evaluated`` find what is wrong with it.
"""
