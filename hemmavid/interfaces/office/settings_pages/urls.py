"""Addresses of the settings."""

from django.urls import path

from hemmavid.interfaces.office.settings_pages import accounts, chain, rules

urlpatterns = [
    path("installningar/", accounts.index, name="settings"),
    path("installningar/konton/", accounts.listed, name="accounts"),
    path("installningar/konton/nytt/", accounts.new, name="account-new"),
    path("installningar/konton/<uuid:user_id>/", accounts.shown, name="account"),
    path("installningar/konton/<uuid:user_id>/roll/", accounts.give_role, name="account-role"),
    path("installningar/konton/<uuid:user_id>/losenord/", accounts.give_password, name="account-password"),
    path("installningar/konton/<uuid:user_id>/avsluta/", accounts.end, name="account-end"),
    path("installningar/roller/<uuid:assignment_id>/avsluta/", accounts.end_role, name="role-end"),
    path("installningar/regler/", rules.in_force, name="rules"),
    path("installningar/kedjan/", chain.status, name="log-chain"),
]
