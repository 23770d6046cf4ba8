"""The kits that fingerprints, indexes and sources must pass, and their known answers."""
