"""How the copy was altered, and which of the two pictures is likely nearer the source."""
