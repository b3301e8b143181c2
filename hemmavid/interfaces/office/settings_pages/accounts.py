"""Accounts and their roles: give, end, new password. Nobody administers his own account."""

import secrets
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hemmavid.access import operations, queries
from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.interfaces.office.settings_pages.forms import AccountForm, RoleForm
from hemmavid.lib import clock
from hemmavid.organisations.models import Unit

TEMPORARY_BYTES = 12
OWN_ACCOUNT = "Du kan inte ändra ditt eget konto. Be en annan systemadministratör."
ENDED = "Kontot eller rollen är redan avslutad."
REFUSALS = {operations.SelfAdministration: OWN_ACCOUNT, operations.AlreadyEnded: ENDED}


@require_safe
def index(request: OfficeRequest) -> HttpResponse:
    """The rooms of the settings."""
    require(request.actor, Permission.ACCESS_ADMINISTER)
    return render(request, "office/settings_pages/index.html", {})


@require_safe
def listed(request: OfficeRequest) -> HttpResponse:
    """Everybody with an account, and what they may do today."""
    today = clock.local_day(request.now)
    rows = [
        {"account": one, "roles": [role for role in one.roles if role.holds_on(today)]}
        for one in queries.accounts(by=request.actor)
    ]
    return render(request, "office/settings_pages/accounts.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Make an account; its first password is shown once."""
    require(request.actor, Permission.ACCESS_ADMINISTER)
    form = AccountForm(request.POST or None)
    if form.is_valid():
        password = secrets.token_urlsafe(TEMPORARY_BYTES)
        wanted = operations.NewUser(
            form.cleaned_data["username"], form.cleaned_data["name"], password, has_temporary_password=True
        )
        try:
            user = operations.create_user(wanted, by=request.actor)
        except operations.UsernameTaken:
            form.add_error("username", "Användarnamnet är upptaget. Välj ett annat.")
        else:
            return _shown(request, user.pk, password=password)
    return render(request, "office/settings_pages/account_new.html", {"form": form})


@require_safe
def shown(request: OfficeRequest, user_id: UUID) -> HttpResponse:
    """One account with its roles, those that have ended too."""
    return _shown(request, user_id)


@require_POST
def give_role(request: OfficeRequest, user_id: UUID) -> HttpResponse:
    """Give a role for a time."""
    form = RoleForm(request.POST).offer(_units())
    if form.is_valid():
        try:
            operations.give_role(form.as_role(), user_id=user_id, by=request.actor)
        except operations.RoleAlreadyHeld:
            form.add_error("role", "Personen har redan rollen under en del av tiden.")
        except (operations.SelfAdministration, operations.AlreadyEnded) as refusal:
            form.add_error(None, REFUSALS[type(refusal)])
        else:
            messages.success(request, "Rollen är given.")
            return redirect("office:account", user_id)
    return _shown(request, user_id, form=form)


@require_POST
def give_password(request: OfficeRequest, user_id: UUID) -> HttpResponse:
    """A temporary password, shown once and changed at the next login."""
    password = secrets.token_urlsafe(TEMPORARY_BYTES)
    try:
        operations.give_password(user_id=user_id, password=password, by=request.actor, is_temporary=True)
    except (operations.SelfAdministration, operations.AlreadyEnded) as refusal:
        messages.error(request, REFUSALS[type(refusal)])
        return redirect("office:account", user_id)
    return _shown(request, user_id, password=password)


@require_POST
def end(request: OfficeRequest, user_id: UUID) -> HttpResponse:
    """End the account; pages that are open stop at the next click."""
    try:
        operations.end_user(user_id=user_id, by=request.actor, at=request.now)
    except (operations.SelfAdministration, operations.AlreadyEnded) as refusal:
        messages.error(request, REFUSALS[type(refusal)])
    else:
        messages.success(request, "Kontot är avslutat.")
    return redirect("office:account", user_id)


@require_POST
def end_role(request: OfficeRequest, assignment_id: UUID) -> HttpResponse:
    """Take a role back at once."""
    user_id = queries.holder_of(assignment_id=assignment_id, by=request.actor)
    try:
        operations.end_role(assignment_id=assignment_id, by=request.actor, at=request.now)
    except (operations.SelfAdministration, operations.AlreadyEnded) as refusal:
        messages.error(request, REFUSALS[type(refusal)])
    else:
        messages.success(request, "Rollen är avslutad.")
    return redirect("office:account", user_id)


def _shown(
    request: OfficeRequest, user_id: UUID, *, form: RoleForm | None = None, password: str = ""
) -> HttpResponse:
    account = queries.account(user_id=user_id, by=request.actor)
    today = clock.local_day(request.now)
    values = {
        "account": account,
        "is_own": account.user_id == request.actor.user_id,
        "roles": [{"row": row, "holds": row.holds_on(today)} for row in account.roles],
        "form": form or RoleForm(initial={"first_day": today}).offer(_units()),
        "password": password,
    }
    return render(request, "office/settings_pages/account.html", values)


def _units() -> list[tuple[UUID, str]]:
    return list(Unit.objects.order_by("name", "pk").values_list("pk", "name"))
