"""A small folder of statements on builds, SBOMs and rebuild records, with planted breaches."""
