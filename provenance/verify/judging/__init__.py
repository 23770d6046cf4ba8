"""The same photograph, another one of the same scene, or nothing that can be said."""
