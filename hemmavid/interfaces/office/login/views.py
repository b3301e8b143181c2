"""The page one lands on, and the demo's way in (contract.md section 7)."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hemmavid.access.models import User
from hemmavid.access.queries import DemoAccount, demo_accounts
from hemmavid.access.roles import Role
from hemmavid.demo.people import demo_people
from hemmavid.interfaces.office.login import sessions
from hemmavid.interfaces.office.parts import DemoPerson
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib import clock
from hemmavid.organisations.models import Municipality

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ROLES_WITH_SCREENS = frozenset(
    {
        Role.UNIT_MANAGER,
        Role.COORDINATOR,
        Role.CONTROLLER,
        Role.CASE_OFFICER,
        Role.FIRST_CASE_OFFICER,
        Role.ON_CALL_SUPERVISOR,
        Role.AUTHORITY_MANAGER,
        Role.ON_CALL_SUPERVISOR,
        Role.SYSTEM_ADMINISTRATOR,
    }
)


@login_not_required
@never_cache
@require_safe
def door(request: OfficeRequest) -> HttpResponse:
    """One button a demo person where demo login is allowed; else the real login."""
    if not is_demo_open():
        query = {REDIRECT_FIELD_NAME: _next(request)} if _next(request) else {}
        return redirect(f"{reverse('account_login')}{'?' + urlencode(query) if query else ''}")
    people = _people(demo_accounts(on=clock.local_day(request.now)))
    values = {
        "people": people,
        "action_url": reverse("office:demo-login"),
        "next_url": _next(request),
        "password_url": reverse("account_login"),
    }
    return render(request, "office/login.html", values)


@login_not_required
@require_POST
def enter_demo(request: OfficeRequest) -> HttpResponse:
    """Log in as a demo person without a password. Does not exist outside a demo."""
    username = request.POST.get("user", "")
    if not is_demo_open() or "\0" in username:  # a NUL is no text to the database
        raise Http404
    user = get_object_or_404(User, username=username, is_demo=True, is_active=True)
    logout(request)
    login(request, user, backend=BACKEND)
    sessions.begin(request.session, at=request.now)
    return redirect(_next(request) or settings.LOGIN_REDIRECT_URL)


def is_demo_open() -> bool:
    """Whether one may enter without a password: only where nobody real can be found, and when asked for."""
    is_asked_for = settings.DEMO_LOGIN and settings.MAY_HOLD_DEMO
    return is_asked_for and Municipality.objects.filter(is_demo=True).exists()


def _people(accounts: list[DemoAccount]) -> list[DemoPerson]:
    """The demo's cast in its own order; exactly one button of each role carries the role."""
    cast = demo_people()
    order = {person.username: place for place, person in enumerate(cast)}
    without_button = {person.username for person in cast if not person.has_button}
    shown: list[DemoPerson] = []
    seen: set[Role] = set()
    for account in sorted(accounts, key=lambda one: (order.get(one.username, len(order)), one.username)):
        if account.role not in ROLES_WITH_SCREENS or account.username in without_button:
            continue
        is_first = account.role not in seen
        seen.add(account.role)
        shown.append(
            DemoPerson(
                username=account.username,
                name=account.name,
                role=account.role.label.capitalize(),
                place=account.place,
                demo_role=account.role.value if is_first else "",
            )
        )
    return shown


def _next(request: HttpRequest) -> str:
    """Where the person was going, when that is a page of ours."""
    wanted = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else ""
