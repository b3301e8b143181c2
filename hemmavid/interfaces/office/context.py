"""What the frame of every page is drawn from: where one may go, who sits at the screen."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.audit.queries import data_as_of
from hemmavid.interfaces.office.frame import NavigationItem, SignedIn
from hemmavid.messages.queries import unread_threads
from hemmavid.organisations.models import Municipality, Unit


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the rail, shown to whoever has the permission (None: to all)."""

    label: str
    url_name: str
    icon: str
    permission: Permission | None
    key: str = ""


# The same order for everybody, at most seven (ux.md section 2.1).
RAIL = (
    Place("Start", "office:start", "home", None, "s"),
    Place("Att göra", "office:cases", "to-do", Permission.CASE_READ, "a"),
    Place("Brukare", "office:clients", "clients", Permission.CLIENT_READ, "b"),
    Place("Uppdrag", "office:orders", "to-do", Permission.ORDER_READ, "u"),
    Place("Meddelanden", "office:threads", "messages", Permission.MESSAGE_READ, "m"),
    Place("Ersättning", "office:settlement", "settlement", Permission.KRONOR_READ, "e"),
    Place("Rapporter", "office:reports", "reports", Permission.HOURS_READ, "r"),
    Place("Vem har sett vad", "office:looks", "lock", Permission.LOG_READ, "l"),
)
RAIL_FOOT = (
    Place("Kontakter", "office:contacts", "phone", Permission.CONTACTS_READ, "k"),
    Place("Regler och priser", "office:rules", "document", Permission.RULES_READ),
    Place("Inställningar", "office:settings", "settings", Permission.ACCESS_ADMINISTER, "i"),
    Place("Hjälp & support", "office:help", "help", None),
)


def office(request: HttpRequest) -> dict[str, object]:
    """Values of base.html (see frame.py), all of them always; outside a login only what everyone may know."""
    actor: Actor | None = vars(request).get("actor")
    person = actor if actor is not None and actor.user_id is not None else None
    municipality = Municipality.objects.first()
    may_search = person is not None and person.may(Permission.CLIENT_READ)
    return {
        "actor": actor,
        "municipality": municipality.name if municipality else "",
        "is_demo": bool(municipality and municipality.is_demo),
        # Drawn by whole pages only: a part of a page asks nothing about what waits behind the entries.
        "navigation": SimpleLazyObject(lambda: _items(RAIL, request, person)),
        "bottom_navigation": SimpleLazyObject(lambda: _items(RAIL_FOOT, request, person)),
        "signed_in": _signed_in(person) if person else None,
        "search_url": _address("office:search") if may_search else "",
        "query": "",
        "logout_url": reverse("account_logout") if person else "",
        "account_url": reverse("mfa_index") if person else "",
        "help_url": _address("office:help"),
        "accessibility_url": _address("office:accessibility"),
        "as_of": data_as_of() if person else None,
    }


def _items(places: tuple[Place, ...], request: HttpRequest, actor: Actor | None) -> list[NavigationItem]:
    items = []
    for place in places:
        url = _address(place.url_name)
        if not url or actor is None or (place.permission is not None and not actor.may(place.permission)):
            continue
        is_here = url == _current(request.path)
        items.append(
            NavigationItem(
                label=place.label,
                url=url,
                icon=place.icon,
                key=place.key,
                is_current=is_here,
                count=_count(place, actor),
            )
        )
    return items


def _count(place: Place, actor: Actor) -> int:
    """How much waits behind an entry: threads with something new in them. One query for that entry."""
    return unread_threads(by=actor) if place.url_name == "office:threads" else 0


def _current(path: str) -> str:
    """The address of the entry one is in: the longest that the path begins with."""
    urls = [_address(place.url_name) for place in (*RAIL, *RAIL_FOOT)]
    return max(
        (url for url in urls if url == path or (url != "/" and path.startswith(url))), key=len, default=""
    )


def _signed_in(actor: Actor) -> SignedIn:
    roles = sorted(role.label for role in actor.roles)
    units = {one.unit_id for one in actor.assignments if one.unit_id}
    names = list(Unit.objects.filter(pk__in=units).order_by("name").values_list("name", flat=True))
    return SignedIn(name=actor.name, role=", ".join(roles), unit=", ".join(names))


def _address(url_name: str) -> str:
    """The address, or nothing while the page is not built."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
