"""A land registry: who holds which land, in a project of an organisation, each with attributes of its own."""
