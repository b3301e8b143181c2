"""Gives every request its actor, one reading of the clock, and a database that answers for nobody else."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from datetime import datetime
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from hemmavid.access.actors import Actor, Denied
from hemmavid.access.models import User
from hemmavid.access.policy import Permission
from hemmavid.access.queries import actor_of
from hemmavid.access.scope import scoped
from hemmavid.interfaces.office.login import sessions
from hemmavid.lib import clock
from hemmavid.people.queries import opened_clients

NOBODY = Actor(None, "ej inloggad")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OFFICE = "hemmavid.interfaces.office"
SESSION_OVER = "Du har varit inloggad en hel arbetsdag. Logga in igen."
NO_ROLE = "Ditt konto har ingen roll som gäller idag. Prata med din chef."
CHOOSE_YOUR_OWN = "Välj ett eget lösenord för att kunna fortsätta."
SECOND_FACTOR = "Lägg till ett andra steg för att kunna fortsätta: en kodapp eller en passkey."

View = Callable[..., HttpResponseBase]


class ActorMiddleware:
    """Runs the view of an office page inside the actor's scope; a GET cannot write (the look log excepted).

    A `Denied` from an operation and a row that is not there become the same 404, like everything outside
    one's own area: the page does not tell whether there is something to see. Sessions, messages and the
    login library's own pages lie outside the scope; they hold nothing about clients.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Attach `now` and `actor`; end a session that has run out or whose person has no role any more."""
        response = self._answer(request)
        is_redirect = response.status_code == HTTPStatus.FOUND
        if is_redirect and request.headers.get("HX-Request") and _leads_to_the_door(response):
            # htmx would follow and put the login inside the page; the whole window is to go there.
            return HttpResponse(headers={"HX-Redirect": response.headers["Location"]})
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        now = clock.now()
        user = request.user
        if not isinstance(user, User):
            vars(request).update(now=now, actor=NOBODY)
            return self.get_response(request)
        actor = _as_opened(actor_of(user, on=clock.local_day(now)), now)
        if reason := _reason_to_leave(request, actor, now):
            logout(request)
            messages.warning(request, reason)
            return redirect(settings.LOGIN_URL)
        vars(request).update(now=now, actor=actor)
        response = self.get_response(request)
        # Nothing about a client may stay in a browser that others use (ux.md: shared computers).
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: View,
        arguments: tuple[object, ...],
        keywords: dict[str, object],
    ) -> HttpResponseBase | None:
        """Run office views in the actor's scope; leave the login library and static files alone."""
        if not view.__module__.startswith(OFFICE):
            return None
        if step := _step_to_take_first(request):
            return step
        actor: Actor = vars(request)["actor"]
        is_read = request.method in SAFE_METHODS
        try:
            with scoped(actor, read_only=is_read):
                response = view(request, *arguments, **keywords)
                if hasattr(response, "render") and callable(response.render):
                    response.render()
        except (Denied, ObjectDoesNotExist) as refusal:
            raise Http404 from refusal
        if isinstance(response, StreamingHttpResponse):
            body = response.streaming_content
            if isinstance(body, AsyncIterator):
                raise TypeError("no async bodies in the office: they would be made outside the scope")
            response.streaming_content = _streamed(body, actor)
        return response


def _as_opened(actor: Actor, now: datetime) -> Actor:
    """The actor with the clients held open by break-glass; asked only of those who may open."""
    if actor.user_id is None or not actor.may(Permission.BREAK_GLASS):
        return actor
    with scoped(actor, read_only=True):
        return actor.with_opened(opened_clients(actor.user_id, at=now))


def _leads_to_the_door(response: HttpResponseBase) -> bool:
    return response.headers["Location"].startswith((settings.LOGIN_URL, reverse("account_login")))


def _reason_to_leave(request: HttpRequest, actor: Actor, now: datetime) -> str:
    if sessions.is_over(request.session, at=now):
        return SESSION_OVER
    return "" if actor.assignments else NO_ROLE


def _step_to_take_first(request: HttpRequest) -> HttpResponseBase | None:
    """To choose a password of one's own, or to add a second factor, before anything else."""
    user = request.user
    if not isinstance(user, User):
        return None
    if user.has_temporary_password:
        messages.info(request, CHOOSE_YOUR_OWN)
        return redirect("account_change_password")
    if sessions.lacks_second_factor(request, user):
        messages.info(request, SECOND_FACTOR)
        return redirect("mfa_index")
    return None


def _streamed(parts: Iterable[bytes], actor: Actor) -> Iterator[bytes]:
    """The body is made after the view has returned, so it needs the scope anew (architecture.md 3a)."""
    with scoped(actor, read_only=True):
        yield from parts
