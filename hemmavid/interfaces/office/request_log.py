"""One line in the log for each request: who, which page, how it went, how long it took. No personal data."""

import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

_log = structlog.stdlib.get_logger("hemmavid.web")


class RequestLogMiddleware:
    """Gives the request an id that every log line and the answer carry (X-Request-ID).

    The page is named by the pattern of its address, `brukare/<uuid:client_id>/`: no value of it is logged.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Bind the id, answer, write the line."""
        request_id = uuid.uuid4().hex
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            began = time.perf_counter()
            response = self.get_response(request)
            match = request.resolver_match
            page = match.route if match else "?"
            user = vars(request).get("actor")
            _log.info(
                "request",
                method=request.method,
                page=page,
                status=response.status_code,
                user=str(user.user_id) if user and user.user_id else None,
                ms=round((time.perf_counter() - began) * 1000),
            )
            response.headers["X-Request-ID"] = request_id
            return response
