"""How fast jsonattrs is beside other libraries that do the same work: ``python -m benchmarks``."""
