"""Which part of the query a match explains, what lies around it, and what is left to look at."""
