"""Pictures in the API: what they show, whose they are, and the sizes that exist.

Public: other apps may import from here.
"""

from typing import Literal

from ninja import Field, Schema

ADDRESS = "https://www.example.org/media/images/sala.2e16d0ba.format-jpeg.fill-960x640.jpg"


class FocalPoint(Schema):
    """Where to look: what has to stay visible when the picture is cut."""

    x: float = Field(description="From the left edge (0) to the right one (1).", ge=0, le=1, examples=[0.5])
    y: float = Field(description="From the upper edge (0) to the lower one (1).", ge=0, le=1, examples=[0.333])


class SourceSets(Schema):
    """The same picture by format, each as the value of `srcset` of `<source>` or `<img>`: addresses with their widths,
    narrow ones first. Null where no size of that format is there."""

    avif: str | None = Field(description='For `<source type="image/avif">`.')
    webp: str | None = Field(description='For `<source type="image/webp">`.')
    jpeg: str | None = Field(description="For `<img>`, which every browser shows.", examples=[f"{ADDRESS} 960w"])


class Crop(Schema):
    """One crop of a picture: its largest JPEG for `<img>`, and all its sizes."""

    url: str = Field(description="Absolute address.", examples=[ADDRESS])
    width: int = Field(description="In pixels.", examples=[960])
    height: int = Field(description="In pixels.", examples=[640])
    format: Literal["jpeg", "webp", "avif", "svg"] = Field(
        description="Of the file at `url`: `jpeg`; another one where there is no JPEG yet, `svg` for a drawing."
    )
    srcset: SourceSets


class Crops(Schema):
    """The picture in four crops. Cut ones lie around the focal point. A crop is null until its sizes are made: no
    request makes one. No size is larger than the picture itself."""

    original: Crop | None = Field(description="Uncropped: 480, 960 and 1600 pixels wide.")
    wide: Crop | None = Field(description="16:9: 480×270 and 960×540 pixels.")
    landscape: Crop | None = Field(description="3:2: 480×320 and 960×640 pixels.")
    square: Crop | None = Field(description="1:1: 320×320 and 640×640 pixels.")


class Image(Schema):
    """A picture as it is used in one place: alternative text and caption are those of that place."""

    id: int = Field(description="The same wherever the picture is used.", examples=[8])
    alt: str = Field(
        description="Alternative text. Empty where the picture is decorative, or nobody has described it.",
        examples=["Uczestnicy przy stołach warsztatowych"],
    )
    decorative: bool = Field(description='Whether it adds nothing: screen readers are to skip it (`alt=""`).')
    caption: str | None = Field(description="What stands below it.", examples=["Pierwszy dzień warsztatów"])
    credit: str | None = Field(description="Who took it; to be printed.", examples=["fot. Anna Przykładna"])
    licence: str | None = Field(description="Under which licence; to be printed.", examples=["CC BY 4.0"])
    licence_url: str | None = Field(
        description="Where the licence can be read, for those of Creative Commons.",
        examples=["https://creativecommons.org/licenses/by/4.0/"],
    )
    width: int = Field(description="Of the uploaded picture, in pixels; for the space that it takes.", examples=[6000])
    height: int = Field(description="Of the uploaded picture, in pixels.", examples=[4000])
    focal_point: FocalPoint | None = Field(description="Null: the middle.")
    color: str | None = Field(
        description="Its dominant colour in sRGB, to fill its place until it is loaded. Null where it is not known.",
        pattern="^#[0-9a-f]{6}$",
        examples=["#0f4c4a"],
    )
    renditions: Crops
    srcset: SourceSets = Field(description="That of `renditions.original`.")
