"""The demonstration: drawn pictures, altered copies of them, and the story they tell."""
