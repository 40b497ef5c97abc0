import datetime as dt

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _

EVERY_ROUND = dt.timedelta(0)
EVERY_FEW_MINUTES = dt.timedelta(minutes=5)
EVERY_HOUR = dt.timedelta(hours=1)


class NewsConfig(AppConfig):
    """The newsroom: news items, events, attachments and what all content types share."""

    name = "wagtail_newsroom.news"
    label = "newsroom"
    verbose_name = _("Newsroom")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.documents.models import document_served

        from wagtail_newsroom.news import checks, registry  # noqa: F401  (checks register themselves)
        from wagtail_newsroom.news.admin import checks as admin_checks  # noqa: F401
        from wagtail_newsroom.news.admin.access_requests.desk import RequestsPanel
        from wagtail_newsroom.news.admin.moderation.mail import connect_mail
        from wagtail_newsroom.news.delivery.cdn import system_checks as checks_of_caches  # noqa: F401
        from wagtail_newsroom.news.delivery.cdn.purging import listen_to_records
        from wagtail_newsroom.news.delivery.counting import count_in_batches_once_served
        from wagtail_newsroom.news.delivery.ready import system_checks as checks_of_ready_answers  # noqa: F401
        from wagtail_newsroom.news.delivery.twin.keeping import keep_twin
        from wagtail_newsroom.news.delivery.webhooks import system_checks as checks_of_webhooks  # noqa: F401
        from wagtail_newsroom.news.delivery.webhooks.turns import deliver_due, forget_old_messages
        from wagtail_newsroom.news.delivery.write_watch import watch_writes
        from wagtail_newsroom.news.feeds.jsonld import event_data, news_data
        from wagtail_newsroom.news.listings.cards import CARDS
        from wagtail_newsroom.news.models.moments import register_own_moments
        from wagtail_newsroom.news.publishing import system_checks  # noqa: F401  (register themselves)
        from wagtail_newsroom.news.publishing.access_requests.handling import clear_personal_data
        from wagtail_newsroom.news.publishing.approval.groups import take_in_saved_list
        from wagtail_newsroom.news.publishing.approval.reviews import remind_page_owners
        from wagtail_newsroom.news.publishing.changes.funnels import listen_to_changes
        from wagtail_newsroom.news.publishing.changes.records import forget_old_records
        from wagtail_newsroom.news.publishing.changes.related import note_all
        from wagtail_newsroom.news.publishing.changes.words import register_own_types
        from wagtail_newsroom.news.publishing.files import originals, references  # noqa: F401  (listen)
        from wagtail_newsroom.news.publishing.files.inspection import files_waiting, inspect_files, listen_to_files
        from wagtail_newsroom.news.publishing.files.originals import clear_unclaimed
        from wagtail_newsroom.news.publishing.files.settings_of_sites import read_settings
        from wagtail_newsroom.news.publishing.files.sizes import listen_to_images, queue_missing_sizes
        from wagtail_newsroom.news.publishing.files.versions import listen_to_versions
        from wagtail_newsroom.news.publishing.files.waiting import clear_waiting_room
        from wagtail_newsroom.news.publishing.indexing import index_published_pages
        from wagtail_newsroom.news.publishing.missed_searches import forget_old_searches
        from wagtail_newsroom.news.publishing.own_pages import list_types
        from wagtail_newsroom.news.publishing.preflight.checks import CHECKS
        from wagtail_newsroom.news.publishing.public_use import guard_files
        from wagtail_newsroom.news.publishing.removal import forget_once_gone
        from wagtail_newsroom.news.publishing.schedule.passing_time import look_at_all_pages, record_passing_time
        from wagtail_newsroom.news.publishing.sharing import front_ends  # noqa: F401  (checks register themselves)
        from wagtail_newsroom.news.publishing.sharing.links import clear_ended_links
        from wagtail_newsroom.news.publishing.sharing.tokens import clear_ended_tokens, end_previews_with_publication
        from wagtail_newsroom.news.publishing.updates import retiring  # noqa: F401  (listen)
        from wagtail_newsroom.news.publishing.updates.receivers import connect_receivers
        from wagtail_newsroom.news.search import system_checks as checks_of_search  # noqa: F401
        from wagtail_newsroom.news.traffic import system_checks as checks_of_traffic  # noqa: F401
        from wagtail_newsroom.news.views import checks as view_checks  # noqa: F401
        from wagtail_newsroom.news.views.counting import count_download
        from wagtail_newsroom.news.views.page_views import register_page_views

        watch_writes()
        register_own_types()
        guard_files()
        listen_to_changes()
        listen_to_records()
        listen_to_versions()
        listen_to_files()
        listen_to_images()
        connect_receivers()
        index_published_pages()
        document_served.connect(count_download, dispatch_uid="newsroom_downloads")
        count_in_batches_once_served()
        connect_mail()
        end_previews_with_publication()
        register_page_views()
        for model in list_types():
            post_save.connect(take_in_saved_list, sender=model, dispatch_uid="newsroom_lists")
        read_settings(self.label)
        forget_once_gone(self.label)
        for check in CHECKS:
            registry.register_preflight_check(check)
        registry.register_library_step(registry.LibraryStep("Files inspected", files_waiting, inspect_files))
        registry.register_desk_panel(RequestsPanel)
        register_own_moments()
        registry.register_shown_everywhere("newsroom.SiteTexts")
        registry.register_structured_data("newsroom.NewsPage", news_data)
        registry.register_structured_data("newsroom.EventPage", event_data)
        for page_type, card in CARDS.items():
            registry.register_card(page_type, card)
        registry.register_chore("Reminding of reviews", EVERY_ROUND, remind_page_owners)
        registry.register_chore("Clearing what nobody made anything of", EVERY_ROUND, clear_unclaimed)
        registry.register_chore("Having missing sizes of pictures made", EVERY_FEW_MINUTES, queue_missing_sizes)
        registry.register_chore("Deleting uploads that nobody finished", EVERY_HOUR, clear_waiting_room)
        registry.register_chore("Deleting links to drafts that ended long ago", EVERY_HOUR, clear_ended_links)
        registry.register_chore("Recording what time changed", EVERY_ROUND, record_passing_time)
        registry.register_chore("Noting what pages show as related", EVERY_ROUND, note_all)
        registry.register_chore("Looking at pages that nobody looked at", EVERY_HOUR, look_at_all_pages)
        registry.register_chore("Deleting previews that are over", EVERY_HOUR, clear_ended_tokens)
        registry.register_chore("Deleting old records of changes", EVERY_ROUND, forget_old_records)
        registry.register_chore("Deleting the personal data of old requests", EVERY_ROUND, clear_personal_data)
        registry.register_chore("Deleting searches of a year ago", EVERY_HOUR, forget_old_searches)
        registry.register_chore("Delivering webhooks", EVERY_ROUND, deliver_due, apart=True)
        registry.register_chore("Keeping the static twin", EVERY_ROUND, keep_twin, apart=True)
        registry.register_chore("Deleting old messages of webhooks", EVERY_HOUR, forget_old_messages)
