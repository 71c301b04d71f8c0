"""The register for programs: projects, parties, spatial units and schemas, under ``/api/``."""
