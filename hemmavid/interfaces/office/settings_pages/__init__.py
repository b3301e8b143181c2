"""Inställningar: accounts and roles, rules and prices in force, the state of the log's chain."""
