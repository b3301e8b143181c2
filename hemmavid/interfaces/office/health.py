"""Whether the service is able to work (contract.md section 6)."""

from collections.abc import Callable

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

PULSE = "/healthz"
PLAIN = "text/plain; charset=utf-8"


class HealthMiddleware:
    """Answers the pulse before sessions, hosts and scopes are asked for: they need what may be missing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """200 when the database answers, else 503. Says nothing more: anyone may ask."""
        if request.path != PULSE:
            return self.get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        return HttpResponse("ok\n", content_type=PLAIN) if _answers() else _silent()


def _answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except Error:
        connection.close()
        return False
    return True


def _silent() -> HttpResponse:
    return HttpResponse("databasen svarar inte\n", status=503, content_type=PLAIN)
