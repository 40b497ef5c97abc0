from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _


class GalleriesConfig(AppConfig):
    """Photos and galleries. Everything it adds to the newsroom goes through :mod:`wagtail_newsroom.news.registry`."""

    name = "wagtail_newsroom.galleries"
    label = "newsroom_galleries"
    verbose_name = _("Galleries")
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self) -> None:
        """Galleries are pages of the newsroom: without it their models cannot even be read (newsroom_galleries.E001)."""
        if not apps.is_installed("wagtail_newsroom.news"):
            raise ImproperlyConfigured(
                "wagtail_newsroom.galleries is in INSTALLED_APPS without wagtail_newsroom.news, which it plugs into "
                "(newsroom_galleries.E001). "
                "Write INSTALLED_APPS = newsroom_apps(INSTALLED_APPS), from wagtail_newsroom.news.install, or take galleries out."
            )
        super().import_models()

    def ready(self) -> None:
        from wagtail_newsroom.galleries import checks  # noqa: F401  (registers checks)
        from wagtail_newsroom.galleries.admin import checks as admin_checks  # noqa: F401
        from wagtail_newsroom.galleries.admin.desk import UndescribedPanel
        from wagtail_newsroom.galleries.admin.pages import gallery_listing as gallery_pages
        from wagtail_newsroom.galleries.admin.photos import photo_register
        from wagtail_newsroom.galleries.api.in_stories import GALLERIES_LINKS, GalleryForm, galleries
        from wagtail_newsroom.galleries.api.reading import GalleryReading
        from wagtail_newsroom.galleries.blocks import GalleryBlock
        from wagtail_newsroom.galleries.feeds.jsonld import gallery_data
        from wagtail_newsroom.galleries.finders import galleries_about, has_gallery
        from wagtail_newsroom.galleries.listings.galleries import gallery_listing
        from wagtail_newsroom.galleries.listings.shown import GALLERIES_FIELD, GALLERY_CARD
        from wagtail_newsroom.galleries.listings.whole import prepare_gallery, read_gallery
        from wagtail_newsroom.galleries.models import GalleryIndexPage, GalleryPage
        from wagtail_newsroom.galleries.publishing import waiting  # noqa: F401  (listens)
        from wagtail_newsroom.galleries.publishing.backfill import (
            clean_photos,
            make_sizes,
            photos_to_clean,
            photos_without_sizes,
        )
        from wagtail_newsroom.galleries.publishing.changes import gallery_tags
        from wagtail_newsroom.galleries.publishing.preflight import check_gallery
        from wagtail_newsroom.galleries.publishing.sizes import listen_to_photos
        from wagtail_newsroom.news import registry
        from wagtail_newsroom.news.publishing.removal import forget_once_gone

        forget_once_gone(self.label)
        registry.register_story_block("gallery", GalleryBlock)
        registry.register_page_finder(
            galleries_about, heading=_("Photos"), template="newsroom_galleries/components/galleries_about.html"
        )
        registry.register_api_field("newsroom.EventPage", GALLERIES_FIELD)
        registry.register_delivered_type(
            registry.DeliveredType("gallery", "galleries", "newsroom_galleries.GalleryPage", GalleryReading)
        )
        registry.register_source("gallery", galleries)
        registry.register_block_form("gallery", GalleryForm())
        registry.register_delivered_links("newsroom.NewsroomPage", GALLERIES_LINKS)
        registry.register_card("newsroom_galleries.GalleryPage", GALLERY_CARD)
        registry.register_preflight_check(check_gallery)
        registry.register_change_type("newsroom_galleries.GalleryPage", "gallery", tags=gallery_tags)
        registry.register_library_step(registry.LibraryStep("Photos cleaned", photos_to_clean, clean_photos))
        registry.register_library_step(registry.LibraryStep("Sizes of photos", photos_without_sizes, make_sizes))
        registry.register_structured_data("newsroom_galleries.GalleryPage", gallery_data)
        registry.register_page_listing(GalleryIndexPage, gallery_listing)
        registry.register_page_reader(GalleryPage, registry.PageReader(read_gallery, prepare_gallery))
        registry.register_stylesheet("newsroom_galleries/css/galleries.css")
        registry.register_script("newsroom_galleries/js/viewer.js")
        registry.register_admin_listing(gallery_pages)
        registry.register_model_admin(photo_register)
        registry.register_desk_panel(UndescribedPanel)
        registry.register_followup_condition(has_gallery)
        listen_to_photos()
