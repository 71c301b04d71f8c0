"""Tests. A package, since distributions of others bring a package of this name along, which would be found instead."""
