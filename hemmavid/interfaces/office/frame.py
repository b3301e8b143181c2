"""The values base.html and login.html are drawn from. They hold words and addresses, never rules.

A view or the context processor gives them as plain template variables of the same names; a missing one is
left out of the page. The tags `page_frame` and `door` gather them, so no page can fail for want of a menu.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Self

from django.template import Context

from hemmavid.interfaces.office.parts import DemoPerson, initials_of


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


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What stands around every page. `as_of`: the last change of the data; `query`: what was searched for."""

    navigation: Sequence[NavigationItem] = ()
    bottom_navigation: Sequence[NavigationItem] = ()
    signed_in: SignedIn | None = None
    search_url: str = ""
    query: str = ""
    logout_url: str = ""
    account_url: str = ""
    help_url: str = ""
    accessibility_url: str = ""
    municipality: str = ""
    as_of: datetime | None = None
    is_demo: bool = False
    messages: Iterable[object] = ()

    @classmethod
    def of(cls, context: Context) -> Self:
        """Each field from the template variable of its name, else its default."""
        return cls(**_given(context, cls))


@dataclass(frozen=True, slots=True)
class Door:
    """The login page. `action_url` takes the chosen person as `user`; without people: the real form."""

    people: Sequence[DemoPerson] = ()
    action_url: str = ""
    next_url: str = ""
    password_url: str = ""

    @classmethod
    def of(cls, context: Context) -> Self:
        """Each field from the template variable of its name, else its default."""
        return cls(**_given(context, cls))


def _given(context: Context, kind: type[PageFrame | Door]) -> dict[str, Any]:
    return {field.name: context[field.name] for field in fields(kind) if field.name in context}
