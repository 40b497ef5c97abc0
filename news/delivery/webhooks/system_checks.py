"""System checks of webhooks."""

from typing import Any

from django.core import checks
from django.core.checks import CheckMessage, register

from wagtail_newsroom.news.conf import setting

ON = 'NEWSROOM["WEBHOOKS_ALLOW_LOOPBACK"] is on: webhooks reach services of this machine that nobody outside can reach.'
OFF = "Take the setting away. It is there for tests, and for trying a receiver out on one's own machine."


@register("newsroom")
def check_loopback(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.W053: webhooks may lead to this machine; said at every start."""
    return [checks.Warning(ON, hint=OFF, id="newsroom.W053")] if setting("WEBHOOKS_ALLOW_LOOPBACK") else []


@register("newsroom", deploy=True)
def check_loopback_in_production(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.E053: with ``--deploy``, the same is an error."""
    return [checks.Error(ON, hint=OFF, id="newsroom.E053")] if setting("WEBHOOKS_ALLOW_LOOPBACK") else []
