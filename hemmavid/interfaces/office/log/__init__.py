"""Vem har sett vad."""
