"""Forms of the cases: what an officer types, cleaned and turned into values."""
