from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    """The newsroom: news items, events, attachments and what all content types share."""

    name = "news"
    label = "news"
    verbose_name = _("Newsroom")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.documents.models import document_served

        from news import checks, registry  # noqa: F401  (checks register themselves)
        from news.admin.moderation.mail import connect_mail
        from news.admin.requests.desk import RequestsPanel
        from news.feeds.jsonld import event_data, news_data
        from news.publishing import originals, references, retiring  # noqa: F401  (listen)
        from news.publishing.atomic import publish_whole
        from news.publishing.checks import CHECKS
        from news.publishing.files import files_waiting, tend_files
        from news.publishing.versions import listen_to_versions
        from news.views.downloads import count_when_served

        publish_whole()
        listen_to_versions()
        document_served.connect(count_when_served, dispatch_uid="newsroom_downloads")
        connect_mail()
        for check in CHECKS:
            registry.register_preflight_check(check)
        registry.register_library_step(registry.LibraryStep("Files inspected", files_waiting, tend_files))
        registry.register_desk_panel(RequestsPanel)
        registry.register_structured_data("news.NewsPage", news_data)
        registry.register_structured_data("news.EventPage", event_data)
