"""Addresses of the review of frame time."""

from django.urls import path

from hemmavid.interfaces.office.reviews import views

urlpatterns = [
    path("rapporter/ramtid/", views.reviews, name="reviews"),
    path("rapporter/ramtid/<uuid:client_id>/", views.review, name="review"),
    path("rapporter/ramtid/<uuid:client_id>/ta-upp/", views.request, name="review-request"),
]
