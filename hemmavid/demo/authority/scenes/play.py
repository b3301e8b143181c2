"""Plays every scene of the demo, once the clients have their cases."""

from __future__ import annotations

from hemmavid.demo.authority.contacts import fill_register
from hemmavid.demo.authority.scenes import new_cases, night, running_care
from hemmavid.demo.authority.scenes.acting import Acting
from hemmavid.demo.authority.town import Town


def play_all(town: Town) -> None:
    """In the order in which they use clients, so that each demo of a kind is the same."""
    acting = Acting(town)
    fill_register(acting)
    new_cases.play(acting)
    running_care.play(acting)
    night.play(acting)
