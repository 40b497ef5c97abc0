"""The reference site, with Wagtail's v2 API and a plain page beside it (``tests/stock_urls.py``)."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.stock_urls"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
