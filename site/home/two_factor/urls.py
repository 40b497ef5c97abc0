"""Addresses of the second factor, below the admin's."""

from django.urls import path

from home.two_factor import views

urlpatterns = [
    path("", views.ask, name="two_factor"),
    path("set-up/", views.set_up, name="two_factor_set_up"),
    path("codes/", views.recovery_codes, name="two_factor_codes"),
    path("<int:user_id>/remove/", views.remove, name="two_factor_remove"),
]
