"""The pulse: 200 when the database answers, else 503."""

import pytest
from django.db import OperationalError, connection
from django.test import Client as Browser

pytestmark = pytest.mark.django_db


def test_answers_when_the_database_does():
    assert Browser().get("/healthz").status_code == 200


def test_asks_for_no_host_and_takes_no_post():
    assert Browser().get("/healthz", headers={"host": "10.0.0.7"}).status_code == 200
    assert Browser().post("/healthz").status_code == 405


def test_says_so_when_the_database_does_not(monkeypatch):
    def refuse() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", refuse)
    monkeypatch.setattr(connection, "close", lambda: None)
    answer = Browser().get("/healthz")
    assert answer.status_code == 503
    assert b"refused" not in answer.content
