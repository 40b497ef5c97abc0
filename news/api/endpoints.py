"""Endpoints of the v2 API: published pages, and what published pages offer.

Public: other apps may import from here. An endpoint for a type of theirs subclasses one of these.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from wagtail.api.v2.filters import FieldsFilter
from wagtail.api.v2.pagination import WagtailPagination
from wagtail.api.v2.serializers import BaseSerializer, PageAliasOfField, PageSerializer, TagsField
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import Site

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.api.queries import trouble_with_query, trouble_with_values
from wagtail_newsroom.news.caching import PUBLIC
from wagtail_newsroom.news.listings.everything import only_public_files, only_public_pages
from wagtail_newsroom.news.listings.order import settled
from wagtail_newsroom.news.models.pages.pages import ManagedPageMixin
from wagtail_newsroom.news.visibility import is_public_file

# What Wagtail itself says of every page.
CORE_FIELDS = frozenset(PagesAPIViewSet.body_fields)


class SettledPagination(WagtailPagination):
    """Pages of a list in which rows of equal keys have their place too."""

    def paginate_queryset(self, queryset: Any, request: HttpRequest, view: Any = None) -> Any:
        return super().paginate_queryset(settled(queryset), request, view)


class CheckedQueries(BaseAPIViewSet):
    """Endpoints that answer 400 to what cannot be looked up, with what is wrong and the remedy."""

    pagination_class = SettledPagination

    def initial(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        _refuse(trouble_with_query(request))

    def finalize_response(self, request: HttpRequest, response: HttpResponseBase, *args: Any, **kwargs: Any) -> Any:
        response.headers["Cache-Control"] = PUBLIC
        return super().finalize_response(request, response, *args, **kwargs)

    def check_query_parameters(self, queryset: QuerySet[Any]) -> None:
        super().check_query_parameters(queryset)
        if FieldsFilter in self.filter_backends:
            names = set(self.get_available_fields(queryset.model, db_fields_only=True))
            _refuse(trouble_with_values(queryset.model, names, self.request.GET))


def _refuse(trouble: str) -> None:
    if trouble:
        raise BadRequestError(trouble)


class PublicAliasOfField(PageAliasOfField):
    """The page that this one mirrors, where the public may see that one too."""

    def get_attribute(self, instance: Any) -> Any:
        source = super().get_attribute(instance)
        return source if source and self.context["base_queryset"].filter(pk=source.pk).exists() else None


class PublicPageSerializer(PageSerializer):
    alias_of = PublicAliasOfField(read_only=True)


class SortedTagsField(TagsField):
    """Tags as a list of words, from what was fetched for the whole list at once."""

    def to_representation(self, value: Any) -> list[str]:
        return sorted(tag.name for tag in value.all())


class PublicPagesAPIViewSet(CheckedQueries, PagesAPIViewSet):
    """Published, unrestricted, unexpired pages of this site; for everybody alike, signed in or not."""

    base_serializer_class = PublicPageSerializer
    known_query_parameters = PagesAPIViewSet.known_query_parameters - {"site"}

    @classmethod
    def _get_serializer_class(
        cls, router: Any, model: type[Any], fields_config: Any, show_details: bool = False, nested: bool = False
    ) -> Any:
        """Lists are small, details whole: of a type of ours, lists carry what its ``api_fields`` mark as listed."""
        narrowed = cls
        if not show_details and issubclass(model, ManagedPageMixin):
            listed = registry.listed_fields(model)
            held_back = [name for name in cls.get_body_fields_names(model) if name not in listed | CORE_FIELDS]
            narrowed = type(cls.__name__, (cls,), {"detail_only_fields": [*cls.detail_only_fields, *held_back]})
        make = super(PublicPagesAPIViewSet, narrowed)._get_serializer_class
        return make(router, model, fields_config, show_details=show_details, nested=nested)

    def get_base_queryset(self) -> QuerySet[Any]:
        return only_public_pages(super().get_base_queryset(), Site.find_for_request(self.request))

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().select_related("locale")


class PublicFileSerializer(BaseSerializer):
    """A file inside something else (the logo of an organisation, say) shows only where the public may see it."""

    tags = SortedTagsField(read_only=True)

    def to_representation(self, instance: Any) -> Any:
        listed = isinstance(self.context["view"], PublicFilesAPIViewSet)
        return super().to_representation(instance) if listed or is_public_file(instance) else None


class PublicFilesAPIViewSet(CheckedQueries):
    """Files that published pages of this site offer."""

    def get_queryset(self) -> QuerySet[Any]:
        files = super().get_queryset()
        return only_public_files(files, Site.find_for_request(self.request)).prefetch_related("tags")


class PublicImageSerializer(PublicFileSerializer, ImagesAPIViewSet.base_serializer_class):
    """An image."""


class PublicDocumentSerializer(PublicFileSerializer, DocumentsAPIViewSet.base_serializer_class):
    """A document."""


class PublicImagesAPIViewSet(PublicFilesAPIViewSet, ImagesAPIViewSet):
    """Images that published pages show."""

    base_serializer_class = PublicImageSerializer


class PublicDocumentsAPIViewSet(PublicFilesAPIViewSet, DocumentsAPIViewSet):
    """Documents that published pages offer."""

    base_serializer_class = PublicDocumentSerializer
    # Worked out for each file by itself, so in the details only.
    detail_only_fields = [*DocumentsAPIViewSet.detail_only_fields, "closed", "current_version"]
