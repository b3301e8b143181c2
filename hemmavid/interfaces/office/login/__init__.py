"""The door: demo login, the real login, and what a session may do."""
