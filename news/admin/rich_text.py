"""Marks for foreign words in the text editor: ``<span lang="en">``, so that screen readers pronounce them (WCAG 3.1.2)."""

from typing import Any

from django.utils.translation import gettext
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.admin.rich_text.editors.draftail.features import InlineStyleFeature

from wagtail_newsroom.news.blocks.story import MARKED_LANGUAGES


def register_language_marks(features: Any) -> None:
    """Register a feature ``lang-<code>`` for each language that a text may quote."""
    for code, name in MARKED_LANGUAGES.items():
        feature, style = f"lang-{code}", f"LANG-{code.upper()}"
        control = {
            "type": style,
            "label": code.upper(),
            "description": gettext("Words in another language: %(language)s") % {"language": name},
        }
        features.register_editor_plugin("draftail", feature, InlineStyleFeature(control))
        features.register_converter_rule(
            "contentstate",
            feature,
            {
                "from_database_format": {f'span[lang="{code}"]': InlineStyleElementHandler(style)},
                "to_database_format": {"style_map": {style: {"element": "span", "props": {"lang": code}}}},
            },
        )
