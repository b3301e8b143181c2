"""Gives every request its actor, its one reading of the clock, and a database that answers for nobody else."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from hemmavid.access.actors import Actor, Denied
from hemmavid.access.models import User
from hemmavid.access.queries import actor_of
from hemmavid.access.scope import scoped
from hemmavid.lib import clock

NOBODY = Actor(None, "ej inloggad")


class ActorMiddleware:
    """Runs the view of an office page inside the actor's scope; a GET cannot write (the look log excepted).

    A `Denied` from an operation becomes 404, like everything outside one's own area: the page does not
    tell whether there is something to see.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach `now` and `actor`."""
        now = clock.now()
        user = request.user
        actor = actor_of(user, on=clock.local_day(now)) if isinstance(user, User) else NOBODY
        vars(request).update(now=now, actor=actor)
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        arguments: tuple[object, ...],
        keywords: dict[str, object],
    ) -> HttpResponseBase | None:
        """Run office views in the actor's scope; leave login and static pages alone."""
        if not view.__module__.startswith("hemmavid.interfaces.office"):
            return None
        actor: Actor = vars(request)["actor"]
        try:
            with scoped(actor, read_only=request.method in {"GET", "HEAD"}):
                response = view(request, *arguments, **keywords)
                if hasattr(response, "render") and callable(response.render):
                    response.render()
                return response
        except Denied as denied:
            raise Http404(denied.permission.value) from denied
