"""The values base.html is drawn from. The context processor makes them; they hold words, never rules.

Variables of base.html (all may be missing: their part is then left out):
`navigation`, `bottom_navigation`: sequences of `NavigationItem` · `signed_in`: `SignedIn` · `search_url` ·
`logout_url` · `help_url` · `accessibility_url` · `municipality`: its name · `as_of`: aware datetime of the
last change of the data · `is_demo`.
"""

from dataclasses import dataclass

from hemmavid.interfaces.office.parts import initials_of


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry of the rail. `icon` is a name in icons.py; `key` the letter after `g` that goes there."""

    label: str
    url: str
    icon: str
    key: str = ""
    is_current: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who sits at the screen, in words: Karin Lindqvist, enhetschef, Team Väst."""

    name: str
    role: str
    unit: str = ""

    @property
    def initials(self) -> str:
        """First letters of the first and last name: KL."""
        return initials_of(self.name)
