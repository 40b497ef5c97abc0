from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    """The newsroom: news items, events, attachments and what all content types share."""

    name = "news"
    label = "news"
    verbose_name = _("Newsroom")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from news import checks, registry  # noqa: F401  (checks register themselves)
        from news.admin.moderation.mail import connect_mail
        from news.admin.requests.desk import RequestsPanel
        from news.feeds.jsonld import event_data, news_data
        from news.publishing import references, retiring  # noqa: F401  (listen)
        from news.publishing.atomic import publish_whole
        from news.publishing.checks import CHECKS

        publish_whole()
        connect_mail()
        for check in CHECKS:
            registry.register_preflight_check(check)
        registry.register_desk_panel(RequestsPanel)
        registry.register_structured_data("news.NewsPage", news_data)
        registry.register_structured_data("news.EventPage", event_data)
