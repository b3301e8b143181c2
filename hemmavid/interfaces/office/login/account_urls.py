"""The login library's pages we use, and no others: no sign-up, no e-mail, no reset by e-mail."""

from allauth.account import views as account
from allauth.mfa.urls import urlpatterns as second_factor
from allauth.socialaccount import views as identity
from allauth.socialaccount.providers.openid_connect.urls import urlpatterns as identity_provider
from django.urls import include, path

urlpatterns = [
    path("", account.login, name="account_login"),
    path("logga-ut/", account.logout, name="account_logout"),
    path("avslutat/", account.account_inactive, name="account_inactive"),
    path("bekrafta/", account.reauthenticate, name="account_reauthenticate"),
    path("losenord/", account.password_change, name="account_change_password"),
    path("losenord/nytt/", account.password_set, name="account_set_password"),
    path("andra-steg/", include(second_factor)),
    path("kommunen/avbruten/", identity.login_cancelled, name="socialaccount_login_cancelled"),
    path("kommunen/fel/", identity.login_error, name="socialaccount_login_error"),
    path("kommunen/", include(identity_provider)),
]
