"""What else people do to a site: files, photos, menus, redirects, settings, retired pages."""

import io
from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from tests.factories import make_photo
from tests.news.delivery.test_affects import Newsroom
from wagtail_newsroom.galleries.models import GalleryPage
from wagtail_newsroom.galleries.publishing.sizes import prepare_sizes
from wagtail_newsroom.galleries.publishing.withdrawing import withdraw_photo
from wagtail_newsroom.news.models import EventPage, NewsPage, NewsroomPage, NewsroomSettings
from wagtail_newsroom.news.publishing.files.versions import replace_file
from wagtail_newsroom.news.publishing.updates.retiring import retire_page

ACTS = {
    *("replace_file", "replace_picture", "withdraw", "redirect", "remove_redirect", "change_settings", "retire"),
    *("retire_to_another", "show_in_menu"),
}


class BusyNewsroom(Newsroom):
    """As :class:`Newsroom`, with more acts."""

    def replace_file(self) -> None:
        content = ContentFile(self.name("Tekst").encode(), name=f"formularz-{self.count}.txt")
        self.document = replace_file(self.document, content, None)

    def replace_picture(self) -> None:
        self._paint(self.dice.choice(self.photos))

    def withdraw(self) -> None:
        photo = self.photos.pop(self.dice.randrange(len(self.photos)))
        self._paint(photo)  # the others are copies of each other, and no copy may come again
        boss, _made = get_user_model().objects.get_or_create(username="szefowa", is_superuser=True)
        withdraw_photo(photo, boss, reason="Prośba osoby ze zdjęcia", keep_file=True)
        new = make_photo(self.name("Zdjęcie"), name=f"n{self.count}.jpg", size=(60 + self.count, 40))
        prepare_sizes([new])
        self.photos.append(new)

    def _paint(self, photo: Any) -> None:
        stream = io.BytesIO()
        self.count += 1
        Image.new("RGB", (60, 40), (self.count % 255, 76, 74)).save(stream, "JPEG")
        photo.file = ContentFile(stream.getvalue(), name=f"nowe-{self.count}.jpg")
        photo.save()
        prepare_sizes([photo])

    def redirect(self) -> None:
        target = self.any(NewsroomPage)
        Redirect.objects.create(
            old_path=f"/stare/{self.name('adres').replace(' ', '-')}", site=Site.objects.get(), redirect_page=target
        )

    def remove_redirect(self) -> None:
        if (redirect := Redirect.objects.order_by("pk").first()) is not None:
            redirect.delete()

    def change_settings(self) -> None:
        settings, _made = NewsroomSettings.objects.get_or_create(site=Site.objects.get())
        settings.phone = f"+48 22 {self.dice.randint(1000000, 9999999)}"
        settings.save()

    def retire(self) -> None:
        retire_page(self.any(NewsPage), None, reason=self.name("Nieaktualne"))

    def retire_to_another(self) -> None:
        page = self.any(NewsPage)
        others = Page.objects.filter(live=True, depth__gt=2).exclude(pk=page.pk).order_by("pk")
        retire_page(page, None, redirect_page=self.dice.choice(list(others)))

    def show_in_menu(self) -> None:
        page = Page.objects.get(pk=self.archive.pk).specific
        page.show_in_menus = not page.show_in_menus
        page.save_revision().publish()

    def stock_up(self) -> None:
        """Have something left to act on."""
        for model, new in ((NewsPage, self.new_news), (EventPage, self.new_event), (GalleryPage, self.new_gallery)):
            for _n in range(max(0, 3 - model.objects.live().count())):
                new()

    def acts(self) -> list[Callable[[], None]]:
        """Those of the base, and these."""
        own: list[Any] = [act for name, act in sorted(vars(BusyNewsroom).items()) if name in ACTS]
        return [*super().acts(), *(act.__get__(self) for act in own)]
