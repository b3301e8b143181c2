"""The authority's side of the demo: cases, decisions, orders and cards behind the imported grants."""
