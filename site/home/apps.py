from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Home page, standard pages and demo content of the reference site."""

    name = "home"
    label = "home"
    verbose_name = "Home"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail_newsroom.news import registry
        from wagtail_newsroom.news.models.pages.moments import list_moments

        registry.register_moments("home.HomePage", list_moments)
