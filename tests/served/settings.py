"""The reference site as the server of a test runs it: static files are read from where they are written, tasks run at once."""

from config.settings import *  # noqa: F403
from config.settings import NEWSROOM as OF_THE_SITE
from config.settings import STORAGES as STORAGES_OF_THE_SITE

STORAGES = {
    **STORAGES_OF_THE_SITE,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
NEWSROOM = {**OF_THE_SITE, "TASK_BACKEND": "default"}
