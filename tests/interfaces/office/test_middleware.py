"""What surrounds every office page: one actor, one clock, one transaction, one kind of no."""

import json
import logging
import sys
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist
from django.db import OperationalError, connection
from django.db.utils import InternalError
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import SimpleTemplateResponse
from django.test import Client as Browser
from django.test import RequestFactory

from config.settings.logging import where_it_broke
from hemmavid.access.actors import SYSTEM, Denied
from hemmavid.access.policy import Permission
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.interfaces.office.middleware import NOBODY, ActorMiddleware
from hemmavid.people.models import Client
from tests.access.neighbours import actor_of, household
from tests.factories import ClientFactory
from tests.interfaces.office.conftest import LogIn

pytestmark = pytest.mark.django_db
OFFICE = "hemmavid.interfaces.office.somewhere"


def run(view: Callable[..., HttpResponse], *, method: str = "get", module: str = OFFICE, actor=None):
    view.__module__ = module
    request = getattr(RequestFactory(), method)("/")
    request.user = AnonymousUser()
    vars(request).update(actor=actor or actor_of(Role.CASE_OFFICER))
    middleware = ActorMiddleware(lambda _: HttpResponse())
    return middleware.process_view(request, view, (), {})


def count(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(Client.objects.count()))


def test_a_page_is_answered_in_the_actors_scope():
    with scoped(SYSTEM):
        mine = household()
        household()
    assert run(count).content == b"2"
    assert run(count, actor=mine.actor()).content == b"1"
    assert run(count, actor=NOBODY).content == b"0"


def test_a_page_of_somebody_elses_is_left_alone():
    assert run(count, module="allauth.account.views") is None


def test_reading_a_page_cannot_write():
    def write(request: HttpRequest) -> HttpResponse:
        ClientFactory()
        return HttpResponse()

    with pytest.raises((InternalError, OperationalError), match="read-only"):
        run(write)
    assert run(write, method="post").status_code == 200


def test_an_error_takes_back_what_the_page_wrote():
    def fail(request: HttpRequest) -> HttpResponse:
        ClientFactory()
        raise LookupError

    with pytest.raises(LookupError):
        run(fail, method="post")
    assert run(count).content == b"0"


@pytest.mark.parametrize("refusal", [Denied(Permission.KRONOR_READ), ObjectDoesNotExist("Elsa Vinter")])
def test_what_one_may_not_see_is_not_there(refusal):
    def refuse(request: HttpRequest) -> HttpResponse:
        raise refusal

    with pytest.raises(Http404) as answer:
        run(refuse)
    assert str(answer.value) == ""


def test_a_template_is_drawn_while_the_database_still_answers():
    class Counted(SimpleTemplateResponse):
        @property
        def rendered_content(self) -> str:
            return str(Client.objects.count())

    def lazy(request: HttpRequest) -> HttpResponse:
        return Counted("")

    with scoped(SYSTEM):
        household()
    assert run(lazy).content == b"1"


def test_a_streamed_answer_is_made_in_the_same_scope():
    def stream(request: HttpRequest) -> StreamingHttpResponse:
        def parts() -> Iterator[bytes]:
            for client in Client.objects.order_by("code").iterator():
                yield f"{client.pk}".encode()

        return StreamingHttpResponse(parts())

    with scoped(SYSTEM):
        mine = household()
        household()
    answer = run(stream, actor=mine.actor())
    assert b"".join(answer.streaming_content) == str(mine.client.pk).encode()
    with connection.cursor() as cursor:
        cursor.execute("select app_scope()")
        assert cursor.fetchone() == ("none",)


def test_an_asynchronous_answer_is_refused():
    async def parts():
        yield b""

    with pytest.raises(TypeError):
        run(lambda request: StreamingHttpResponse(parts()))


def test_pages_stay_in_no_browser(log_in: LogIn):
    assert log_in(Role.CONTROLLER).get("/installningar/regler/").headers["Cache-Control"] == "no-store"


def test_a_stranger_is_led_to_the_door():
    assert Browser().get("/installningar/regler/").url == "/login?next=/installningar/regler/"


def test_a_part_of_a_page_sends_the_whole_window_to_the_door():
    answer = Browser().get("/installningar/regler/", headers={"hx-request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, "/login?next=/installningar/regler/")
    assert answer.content == b""


class TestRequestLog:
    @pytest.fixture
    def lines(self, caplog, monkeypatch):
        logger = logging.getLogger("hemmavid")
        monkeypatch.setattr(logger, "propagate", True)
        monkeypatch.setattr(logger, "handlers", [])
        caplog.set_level(logging.INFO, logger="hemmavid")
        return lambda: [json.dumps(record.msg, default=str) for record in caplog.records]

    def test_names_the_page_and_no_value_of_its_address(self, log_in: LogIn, lines):
        someone = uuid4()
        log_in(Role.SYSTEM_ADMINISTRATOR).get(f"/installningar/konton/{someone}/?q=19400102-2384")
        (line,) = [line for line in lines() if '"request"' in line]
        assert "installningar/konton/<uuid:user_id>/" in line
        assert '"status": 404' in line
        assert str(someone) not in line
        assert "19400102" not in line

    def test_every_answer_carries_the_number_of_its_line(self, lines):
        answer = Browser().get("/login")
        assert any(answer.headers["X-Request-ID"] in line for line in lines())

    def test_an_error_is_told_by_kind_and_place_and_no_value(self):
        try:
            raise ValueError("19400102-2384 Elsa Vinter")
        except ValueError:
            event = where_it_broke(None, "", {"event": "x", "exc_info": sys.exc_info()})
        assert event["error"] == ["ValueError"]
        assert __file__ in event["places"][0]
        assert "Elsa" not in json.dumps(event)

    def test_a_failed_login_says_nothing_about_who(self, lines):
        Browser().post("/konto/", {"login": "robin", "password": "hemligt ord"})
        assert any("login_failed" in line for line in lines())
        assert not any("robin" in line or "hemligt" in line for line in lines())

    def test_the_pulse_is_not_logged(self, lines):
        Browser().get("/healthz")
        assert lines() == []
