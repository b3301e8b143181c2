"""Addresses of the messages."""

from django.urls import path

from hemmavid.interfaces.office.threads import views

urlpatterns = [
    path("meddelanden/", views.listed, name="threads"),
    path("meddelanden/<uuid:thread_id>/", views.thread, name="thread"),
    path("meddelanden/<uuid:thread_id>/last/", views.mark_read, name="thread-read"),
    path("meddelanden/<uuid:thread_id>/svara/", views.reply, name="thread-reply"),
    path("meddelanden/<uuid:thread_id>/klart/", views.agree, name="thread-agree"),
    path("brukare/<uuid:client_id>/meddelanden/", views.of_client, name="client-threads"),
    path("brukare/<uuid:client_id>/meddelanden/nytt/", views.new, name="thread-new"),
]
