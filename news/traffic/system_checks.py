"""System checks of ``check --deploy`` about who sends and who is written to."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, register


@register("newsroom", deploy=True)
def check_proxies(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.W008: a proxy ends TLS, and nobody said how many proxies add to ``X-Forwarded-For``."""
    if not settings.SECURE_PROXY_SSL_HEADER or "PROXIES" in getattr(settings, "NEWSROOM", {}):
        return []
    return [
        checks.Warning(
            "The site stands behind a proxy, and how many there are was not said: all visitors count as one sender, and "
            "ten wrong passwords for an account lock it for everybody.",
            hint='Set NEWSROOM["PROXIES"] (on the reference site NEWSROOM_PROXIES): 1 for one proxy that adds to '
            "X-Forwarded-For, 0 where none does; see docs/deployment.md.",
            id="newsroom.W008",
        )
    ]


@register("newsroom", deploy=True)
def check_mail(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.W009: e-mails are written to the console."""
    if not settings.EMAIL_BACKEND.endswith(".console.EmailBackend"):
        return []
    return [
        checks.Warning(
            "E-mails go to the console: nobody gets them, and links that reset passwords and addresses of people who ask "
            "for accessible versions stand in the log.",
            hint="Name a mail server: EMAIL_BACKEND and EMAIL_HOST, on the reference site EMAIL_URL.",
            id="newsroom.W009",
        )
    ]
