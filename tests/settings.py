"""The reference site, with a host's own types and a third party's app: whatever walks over types walks over theirs too."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS as THE_SITES_APPS

INSTALLED_APPS = [*THE_SITES_APPS, "tests.host_types", "tests.third_party"]
