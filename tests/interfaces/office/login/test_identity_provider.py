"""An identity provider says who somebody is; it makes no account and gives no right."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from hemmavid.access.models import User
from hemmavid.interfaces.office.login.adapters import AccountAdapter, IdentityProviderAdapter
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
CHECKOUT = Path(__file__).resolve().parents[4]


@pytest.fixture(autouse=True)
def _configured(settings) -> None:
    app = {"provider_id": "kommunen", "name": "kommunen", "client_id": "hemmavid", "secret": "hemlig"}
    server = {"server_url": "https://id.example"}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [{**app, "settings": server}]}}


@pytest.fixture
def request_(rf: RequestFactory):
    request = rf.get("/konto/kommunen/")
    request.session = SessionStore()
    request._messages = FallbackStorage(request)
    return request


def identity(claims: dict[str, object]) -> SocialLogin:
    account = SocialAccount(provider="kommunen", uid="abc", extra_data=claims)
    return SocialLogin(user=User(), account=account)


@pytest.mark.parametrize(
    "claims",
    [
        {"preferred_username": "Robin"},
        {"userinfo": {"preferred_username": "robin"}},
        {"id_token": {"preferred_username": "robin"}},
    ],
)
def test_the_account_of_that_user_name_is_entered(claims, request_):
    user = UserFactory(username="robin")
    login = identity(claims)
    IdentityProviderAdapter().pre_social_login(request_, login)
    assert login.is_existing
    assert login.user == user
    assert SocialAccount.objects.get().user == user


@pytest.mark.parametrize(
    "claims",
    [{}, {"preferred_username": "ingen"}, {"preferred_username": ""}, {"preferred_username": ["robin"]}],
)
def test_a_stranger_is_turned_away(claims, request_):
    UserFactory(username="robin")
    with pytest.raises(ImmediateHttpResponse) as away:
        IdentityProviderAdapter().pre_social_login(request_, identity(claims))
    assert away.value.response.url == "/konto/"
    assert User.objects.count() == 1
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("about", [{"is_active": False}, {"is_demo": True}])
def test_neither_an_ended_account_nor_a_demo_person_is_entered(about, request_):
    UserFactory(username="robin", **about)
    with pytest.raises(ImmediateHttpResponse):
        IdentityProviderAdapter().pre_social_login(request_, identity({"preferred_username": "robin"}))


def test_an_identity_known_before_needs_no_user_name(request_):
    user = UserFactory(username="robin")
    login = identity({})
    login.account.user = user
    login.account.save()
    login.user = user
    IdentityProviderAdapter().pre_social_login(request_, login)
    assert SocialAccount.objects.count() == 1


def test_nobody_signs_up(request_):
    assert not AccountAdapter().is_open_for_signup(request_)
    assert not IdentityProviderAdapter().is_open_for_signup(request_, identity({}))


def test_an_identity_tied_to_somebody_else_gives_no_second_account(request_):
    UserFactory(username="robin")
    login = identity({"id_token": {"preferred_username": "robin", "email": "annan@example.se"}})
    IdentityProviderAdapter().pre_social_login(request_, login)
    IdentityProviderAdapter().pre_social_login(request_, login)
    assert User.objects.count() == SocialAccount.objects.count() == 1


def configured(**environment: str) -> dict[str, object]:
    program = (
        "import json; from config.settings import dev as s;"
        "print(json.dumps([s.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'],"
        " s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action']]))"
    )
    command = [sys.executable, "-c", program]
    answer = subprocess.run(
        command, env=environment, cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    apps, form_action = json.loads(answer.stdout)
    return {"apps": apps, "form_action": form_action}


def test_it_is_configured_from_the_environment():
    found = configured(
        HEMMAVID_OIDC_SERVER="https://id.example/realms/kommunen",
        HEMMAVID_OIDC_CLIENT_ID="hemmavid",
        HEMMAVID_OIDC_CLIENT_SECRET="hemlig",
    )
    assert [app["client_id"] for app in found["apps"]] == ["hemmavid"]
    assert found["form_action"] == ["'self'", "https://id.example"]


def test_without_configuration_there_is_none():
    assert configured() == {"apps": [], "form_action": ["'self'"]}
