"""The newsroom's own checks before publication. They come through the registry like anybody's."""

from news.publishing.checks.attachments import check_attachments
from news.publishing.checks.descriptions import check_descriptions
from news.publishing.checks.events import check_event
from news.publishing.checks.links import check_links
from news.publishing.checks.rules import check_rules
from news.publishing.checks.titles import check_title

CHECKS = (check_rules, check_descriptions, check_links, check_attachments, check_event, check_title)

__all__ = ["CHECKS"]
