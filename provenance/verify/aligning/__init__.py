"""Both pictures in one frame: the map made exact, light and tones taken off, blocks compared."""
