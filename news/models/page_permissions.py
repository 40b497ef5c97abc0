"""What somebody may do with a page of the newsroom, as Wagtail asks for it everywhere: in views, lists, menus and APIs."""

from wagtail.models import PagePermissionTester

from wagtail_newsroom.news.models.pages.retired import is_retirable


class NewsroomPagePermissionTester(PagePermissionTester):
    """Whose readers are owed an explanation is retired, not unpublished: not by itself, nor with a page above it."""

    def can_unpublish(self) -> bool:
        return not is_retirable(self.page) and bool(super().can_unpublish())

    def can_retire(self) -> bool:
        """Tell whether the person may take the page down by telling its readers why."""
        return is_retirable(self.page) and bool(super().can_unpublish())
