"""The forms of a webhook: its address is looked up and looked at before it is taken."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Site

from wagtail_newsroom.news.admin.dates import TypedDateTimeInput
from wagtail_newsroom.news.delivery.webhooks.addresses import RefusedAddressError, places_of, read_address
from wagtail_newsroom.news.delivery.webhooks.words import REASONS
from wagtail_newsroom.news.models import Webhook
from wagtail_newsroom.news.registry.changes import change_words

KINDS = {
    "upsert": _("Something appeared or changed"),
    "move": _("Something moved to another address"),
    "delete": _("Something is not public any more"),
}
TYPES = {
    "attachment": _("Files"),
    "event": _("Events"),
    "gallery": _("Galleries"),
    "information_clause": _("Information clauses"),
    "item": _("Other items with a date"),
    "news": pgettext_lazy("a list of pages", "News"),
    "organisation": _("Organisations"),
    "page": _("Other pages"),
    "person": _("People"),
    "photo": _("Photos"),
    "project": _("Projects"),
    "redirect": _("Redirects"),
    "site": _("What every page shows: the name, menus, languages"),
    "topic": _("Topics"),
    "venue": _("Venues"),
}
# A target that was failing at its old address is tried at once at the new one.
OF_FAILURES = ("failing_since", "stopped_at", "next_attempt_at")


class WebhookForm(WagtailAdminModelForm):
    """What an administrator says of a target."""

    kinds = forms.MultipleChoiceField(
        label=_("What happened"),
        required=False,
        choices=list(KINDS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without a tick: everything."),
    )
    types = forms.MultipleChoiceField(
        label=_("To what"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without a tick: everything."),
    )

    class Meta:
        model = Webhook
        fields = ["name", "url", "site", "kinds", "types", "active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["url"].assume_scheme = "https"
        self.fields["types"].choices = [(word, TYPES.get(word, word)) for word in change_words()]
        if self.instance.pk is None:
            self.initial.setdefault("site", Site.objects.filter(is_default_site=True).first())

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            places_of(read_address(url))
        except RefusedAddressError as error:
            raise ValidationError(str(REASONS[error.code]), code=error.code) from error
        return url

    def save(self, commit: bool = True) -> Webhook:
        """What was typed, and nothing else: how far a target is told goes on while somebody fills the form in."""
        row: Webhook = self.instance
        if row.pk is None or not commit:
            return super().save(commit=commit)
        changed = list(self._meta.fields)
        if "url" in self.changed_data:
            for name in OF_FAILURES:
                setattr(row, name, None)
            changed += OF_FAILURES
        row.save(update_fields=changed)
        return row


class SinceForm(forms.Form):
    """Since when everything is sent again."""

    since = forms.DateTimeField(label=_("Since"), widget=TypedDateTimeInput)

    def clean_since(self) -> Any:
        since = self.cleaned_data["since"]
        if since > timezone.now():
            raise ValidationError(_("This moment is still to come. Give one that has passed."))
        return since


class MessageForm(forms.Form):
    """Which message of a target is sent again."""

    message = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
