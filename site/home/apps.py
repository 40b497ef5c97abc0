from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Home page, standard pages and demo content of the reference site."""

    name = "home"
    label = "home"
    verbose_name = "Home"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from home.delivered import HOME
        from wagtail_newsroom.news import registry
        from wagtail_newsroom.news.delivery.private import PEOPLE, keep_private
        from wagtail_newsroom.news.models.pages.moments import list_moments

        registry.register_moments("home.HomePage", list_moments)
        registry.register_delivered_fields("home.HomePage", HOME)
        for table in ("otp_static_staticdevice", "otp_static_statictoken", "otp_totp_totpdevice"):
            keep_private(table, PEOPLE)
