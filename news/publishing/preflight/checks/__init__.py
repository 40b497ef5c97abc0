"""The newsroom's own checks before publication. They come through the registry like anybody's."""

from wagtail_newsroom.news.publishing.preflight.checks.attachments import check_attachments
from wagtail_newsroom.news.publishing.preflight.checks.descriptions import check_descriptions
from wagtail_newsroom.news.publishing.preflight.checks.events import check_event
from wagtail_newsroom.news.publishing.preflight.checks.links import check_links
from wagtail_newsroom.news.publishing.preflight.checks.rules import check_rules
from wagtail_newsroom.news.publishing.preflight.checks.titles import check_title

CHECKS = (check_rules, check_descriptions, check_links, check_attachments, check_event, check_title)

__all__ = ["CHECKS"]
