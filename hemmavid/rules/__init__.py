"""Pure rules: values in, explained results out. No clock, no database, no settings."""
