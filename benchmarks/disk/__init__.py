"""A disk as desks have them, made by generators: each knows what it planted."""
