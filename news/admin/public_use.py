"""Files and shared texts that the public sees: whoever may not change them reads why, and who may, before they type.

The policies decide (:mod:`wagtail_newsroom.news.publishing.public_use`); what stands here says so in words.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.documents import get_document_model
from wagtail.documents.views import documents
from wagtail.documents.views import multiple as many_documents
from wagtail.images import get_image_model
from wagtail.images.views import images
from wagtail.images.views import multiple as many_images

from wagtail_newsroom.news.publishing.public_use import policy_within, refusal_to_change
from wagtail_newsroom.news.publishing.shown import OvertakenError
from wagtail_newsroom.news.visibility import has_versions

View = Callable[..., HttpResponseBase]


class DocumentEditView(documents.EditView):
    """Of two people who put another file in the place of one document, the slower one is told (409); nothing typed is lost."""

    def form_valid(self, form: Any) -> Any:
        try:
            return super().form_valid(form)
        except OvertakenError as error:
            form.add_error("file", error.messages)
            self.produced_error_message = str(self.error_message)
            answer = self.form_invalid(form)
            answer.status_code = 409
            return answer


def keep_shown_snippet(request: HttpRequest, snippet: Any) -> HttpResponse | None:
    """For the hook ``before_edit_snippet``: the list with the reason, where public pages show ``snippet``."""
    return keep_shown_snippets(request, [snippet])


def keep_shown_snippets(request: HttpRequest, snippets: Iterable[Any]) -> HttpResponse | None:
    """For the hook ``before_delete_snippet``: none is deleted where one of them is shown to the public."""
    for snippet in snippets:
        if said := refusal_to_change(request.user, snippet):
            messages.error(request, said)
            return redirect(snippet.snippet_viewset.get_url_name("list"))
    return None


def _explained(view: View, model: Callable[[], Any], name: str, back: str) -> View:
    """``view``, which changes or deletes the file with the id in the argument ``name``, with the reason why it may not.

    Only for somebody who could change the file were it not public: others learn nothing of it here.
    """

    def explained(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        file = model()._default_manager.filter(pk=kwargs[name]).first()
        own = file is not None and policy_within(type(file)).user_has_permission_for_instance(
            request.user, "change", file
        )
        said = refusal_to_change(request.user, file) if own else ""
        if not said:
            return view(request, **kwargs)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return HttpResponseForbidden(said, content_type="text/plain; charset=utf-8")
        messages.error(request, said, buttons=_ways_out(file))
        return redirect(get_valid_next_url_from_request(request) or reverse(back))

    return explained


def _ways_out(file: Any) -> list[Any]:
    """What somebody may still do: bring a newer version of a document, which waits for its page."""
    if not has_versions(type(file)):
        return []
    return [messages.button(reverse("newsroom_replace_file", args=[file.pk]), gettext("Replace the file"))]


def explaining_urls() -> list[URLPattern]:
    """Stand before Wagtail's own addresses, whose views say only that one may not."""
    of_image, of_document = (get_image_model, "image_id"), (get_document_model, "document_id")
    of_many_documents = (get_document_model, "doc_id")
    doors: tuple[tuple[str, Any, tuple[Callable[[], Any], str], str], ...] = (
        ("images/<int:image_id>/", images.EditView, of_image, "wagtailimages:index"),
        ("images/<int:image_id>/delete/", images.DeleteView, of_image, "wagtailimages:index"),
        ("images/multiple/<int:image_id>/", many_images.EditView, of_image, "wagtailimages:index"),
        ("images/multiple/<int:image_id>/delete/", many_images.DeleteView, of_image, "wagtailimages:index"),
        ("documents/edit/<int:document_id>/", DocumentEditView, of_document, "wagtaildocs:index"),
        ("documents/delete/<int:document_id>/", documents.DeleteView, of_document, "wagtaildocs:index"),
        ("documents/multiple/<int:doc_id>/", many_documents.EditView, of_many_documents, "wagtaildocs:index"),
        ("documents/multiple/<int:doc_id>/delete/", many_documents.DeleteView, of_many_documents, "wagtaildocs:index"),
    )
    return [
        path(route, require_admin_access(_explained(view.as_view(), *file, back))) for route, view, file, back in doors
    ]
