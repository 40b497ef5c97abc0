from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Home page, standard pages and demo content of the reference site."""

    name = "home"
    label = "home"
    verbose_name = "Home"
    default_auto_field = "django.db.models.BigAutoField"
