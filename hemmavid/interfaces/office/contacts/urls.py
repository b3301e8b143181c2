"""Addresses of the contact register."""

from django.urls import path

from hemmavid.interfaces.office.contacts import views

urlpatterns = [
    path("kontakter/", views.listed, name="contacts"),
    path("kontakter/ny/", views.new, name="contact-new"),
    path("kontakter/<uuid:contact_id>/", views.edit, name="contact"),
    path("kontakter/<uuid:contact_id>/bekrafta/", views.confirm, name="contact-confirm"),
    path("kontakter/<uuid:contact_id>/avsluta/", views.end, name="contact-end"),
    path("kontakter/<uuid:contact_id>/franvaro/", views.add_absence, name="contact-absence"),
    path("kontakter/<uuid:contact_id>/tillbaka/", views.end_absence, name="contact-back"),
]
