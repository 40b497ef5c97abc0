"""The colour that stands out in a picture: what is shown in its place until it is there."""

from PIL import Image

from wagtail_newsroom.galleries.pictures import pixels

LONGEST_SIDE = 64  # pixels that are looked at: more change nothing that an eye would see
PALETTE = 16
SEEN_FROM = 128  # alpha, of 255


def dominant_color(image: Image.Image, profile: bytes = b"") -> str:
    """The most frequent colour of ``image`` as ``#rrggbb`` in sRGB; empty for one that is transparent throughout.

    Like colours count as one; what is transparent counts for nothing. ``profile``: the colour profile of ``image``.
    """
    scale = LONGEST_SIDE / max(image.size)
    size = (max(round(image.width * scale), 1), max(round(image.height * scale), 1))
    small = image.resize(size, Image.Resampling.BOX, reducing_gap=1.0) if scale < 1 else image
    known = pixels.to_srgb(small, profile).convert("RGBA")
    data = known.tobytes()
    seen = [data[at : at + 3] for at in range(0, len(data), 4) if data[at + 3] >= SEEN_FROM]
    if not seen:
        return ""
    few = Image.frombytes("RGB", (len(seen), 1), b"".join(seen)).quantize(PALETTE, Image.Quantize.MEDIANCUT)
    counts, palette = few.histogram()[:PALETTE], few.getpalette() or []
    first = 3 * counts.index(max(counts))
    red, green, blue = palette[first : first + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"
