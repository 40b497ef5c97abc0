"""“Forgot your password?”: the same answer and the same work, whether or not somebody has that address."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.template import loader
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django_tasks import task
from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.traffic.throttles import HOURS, RESETS_PER_PERSON, is_within


class PasswordResetForm(WagtailPasswordResetForm):
    """Asks for a link that resets a password; for ``WAGTAILADMIN_USER_PASSWORD_RESET_FORM``.

    Whether there is such a person is looked up by the queue, after the answer. One address gets
    ``RESETS_PER_PERSON`` links an hour at most, and whoever asks is told the same as ever.
    """

    def save(self, **options: Any) -> None:
        """Hand it to the queue; ``options`` are those of Django's form."""
        address, request = self.cleaned_data["email"], options.get("request")
        if not is_within(RESETS_PER_PERSON, HOURS, "reset for", address.casefold()):
            return
        domain = options.get("domain_override") or (request.get_host() if request is not None else "")
        context = {
            **(options.get("extra_email_context") or {}),
            "domain": domain,
            "site_name": domain,
            "protocol": "https" if options.get("use_https") else "http",
        }
        templates = {
            name: options[name]
            for name in ("subject_template_name", "email_template_name", "html_email_template_name")
            if options.get(name)
        }
        send_reset_links.using(backend=setting("TASK_BACKEND")).enqueue(
            address, context, templates, options.get("from_email"), translation.get_language() or ""
        )


@task()
def send_reset_links(
    address: str, context: dict[str, Any], templates: dict[str, str], from_email: str | None, language: str
) -> None:
    """Write to everybody who has this address, in ``language``; where nobody has, do the work of one all the same."""
    form = PasswordResetForm()
    nobody = get_user_model()(email=address)
    with translation.override(language or None):
        for user in [*form.get_users(address)] or [nobody]:
            facts = {
                **context,
                "user": user,
                "email": user.email,
                "uid": urlsafe_base64_encode(force_bytes(user.pk or 0)),
                "token": default_token_generator.make_token(user),
            }
            if user is nobody:
                for name in templates.values():
                    loader.render_to_string(name, facts)
            else:
                form.send_mail(context=facts, from_email=from_email, to_email=user.email, **templates)
