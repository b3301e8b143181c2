"""The strict runtime of the tests: a database of their own, and guards against what else shows too late."""
