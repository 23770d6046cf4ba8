"""Image provenance checker for claimed attack photos."""
