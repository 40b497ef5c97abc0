"""The answer to the loser of a race: who was faster, and what is there now (409)."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def overtaken(request: HttpRequest, sentences: Iterable[str], back_url: str) -> HttpResponse:
    """A page of the admin that says why nothing was done; ``back_url``: where to look at what is there now."""
    context = {"sentences": list(sentences), "back_url": back_url}
    return render(request, "newsroom_admin/overtaken.html", context, status=409)
