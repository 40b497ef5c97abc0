"""Rich text in the API: what a client may rely on, printed in the document."""

from typing import Annotated

from ninja import Field

from wagtail_newsroom.news.rich_text import ATTRIBUTES, ELEMENTS, SCHEMES

_PRINTED = ", ".join(f"`{name}`" + "".join(f" {each}" for each in ATTRIBUTES.get(name, ())) for name in ELEMENTS)
DESCRIPTION = (
    "Rich text in the format that `rich_text` asks for. As HTML it is well nested and consists of these elements and "
    f"attributes alone: {_PRINTED}. Addresses begin with {', '.join(f'`{each}`' for each in SCHEMES)}, or are relative to the "
    "site. A link to a page or file of the site carries `data-type` and `data-id` of the item that it leads to, and its path; "
    "what is not public is plain words. As Markdown it is CommonMark without HTML."
)

RichText = Annotated[
    str,
    Field(
        description=DESCRIPTION,
        examples=[
            '<p>Nabór trwa do piątku. <a href="/aktualnosci/nabor/" data-type="news" data-id="12">Warunki naboru</a></p>'
        ],
    ),
]
