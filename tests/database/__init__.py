"""Tests of hemmavid.database."""
