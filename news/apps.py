from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    """The newsroom: news items, events, attachments and what all content types share."""

    name = "news"
    label = "news"
    verbose_name = _("Newsroom")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from news import (
            checks,  # noqa: F401  (registers checks)
            registry,
        )
        from news.admin.mail import connect_mail
        from news.publishing import references  # noqa: F401  (listens)
        from news.publishing.checks import CHECKS

        for check in CHECKS:
            registry.register_preflight_check(check)
        connect_mail()
