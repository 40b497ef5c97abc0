"""`make bench`: sizes of photos beside a bare Pillow loop that makes the same ones on the same two cores, in one run.

The bare loop opens a photo, decodes it once, and scales and writes each size with Pillow's own settings of the same
quality, speed and formats; it stores files and knows no database. Ours reads the photo from the site, works in its two
children, and stores files and rows. `PHOTOS=100 make bench` for more photos.
"""

import io
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

SIZE = (6000, 4000)
DIFFERENT = 2  # photos drawn; the others are copies
FORMATS = {
    "avif": {"format": "AVIF", "quality": 61, "speed": 8, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 80, "method": 3},
    "jpeg": {"format": "JPEG", "quality": 76, "progressive": True, "optimize": True},
}
WIDTHS = (480, 960, 1600)
CROPS = ((480, 270), (960, 540), (480, 320), (960, 640), (320, 320), (640, 640))


def draw(number: int) -> bytes:
    """A photo of 24 megapixels: light that changes slowly, with a camera's noise."""
    soft = Image.effect_noise((300, 200), 90 + number).resize(SIZE, Image.Resampling.BICUBIC)
    noise = Image.effect_noise(SIZE, 12)
    channels = [Image.blend(soft, noise, 0.15 + 0.05 * channel) for channel in range(3)]
    out = io.BytesIO()
    Image.merge("RGB", channels).save(out, "JPEG", quality=88, subsampling=2)
    return out.getvalue()


def bare(path: str, folder: str) -> int:
    """One photo with Pillow alone."""
    made = 0
    with Image.open(path) as image:
        image.load()
        sizes = [(width, round(image.height * width / image.width)) for width in WIDTHS]
        scaled = [image.resize(size, Image.Resampling.LANCZOS) for size in (*sizes, *CROPS)]
        jobs = [(each, kind) for each in scaled for kind in FORMATS]
        jobs += [(image.resize(size, Image.Resampling.LANCZOS), "jpeg") for size in ((1200, 630), (165, 110))]
        for each, kind in jobs:
            each.save(Path(folder) / f"{Path(path).stem}-{made}.{kind}", **FORMATS[kind])
            made += 1
    return made


def prepare_site(folder: Path) -> None:
    """A site of its own in ``folder``, empty."""
    os.environ.update(NEWSROOM_DATA=str(folder), DJANGO_SETTINGS_MODULE="config.settings", DATABASE_URL="")
    os.environ.pop("DATABASE_URL")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def main() -> None:
    count = int(os.environ.get("PHOTOS", "12"))
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as name:
        folder = Path(name)
        (folder / "bare").mkdir()
        drawn = [draw(number) for number in range(DIFFERENT)]
        paths = []
        for number in range(count):
            paths.append(folder / f"photo-{number}.jpg")
            paths[-1].write_bytes(drawn[number % DIFFERENT])
        prepare_site(folder / "data")
        from django.core.files import File

        from wagtail_newsroom.galleries.models import Photo, PhotoRendition
        from wagtail_newsroom.galleries.publishing.sizes import prepare_sizes

        begun = time.perf_counter()
        photos = []
        for path in paths:
            with path.open("rb") as stream:
                photos.append(Photo.objects.create(title=path.stem, file=File(stream, name=path.name)))
        cleaning = time.perf_counter() - begun

        begun = time.perf_counter()
        with ProcessPoolExecutor(2) as pool:
            made = sum(pool.map(bare, map(str, paths), [str(folder / "bare")] * count))
        plain = time.perf_counter() - begun

        begun = time.perf_counter()
        failed = prepare_sizes(photos)
        ours = time.perf_counter() - begun
        rows = PhotoRendition.objects.count()
        if failed or rows != made:
            raise SystemExit(f"{rows} sizes instead of {made}; {failed}")
        bytes_of = {
            kind: sum(row.file.size for row in PhotoRendition.objects.filter(filter_spec=f"format-{kind}|width-1600"))
            for kind in FORMATS
        }
    print(f"clean {count} photos of 24 MP ({len(drawn[0]) / 1e6:.1f} MB): {cleaning / count:.2f} s a photo")
    print(
        f"make {rows} sizes of them: {ours:.1f} s, bare Pillow on two cores {plain:.1f} s: {ours / plain:.2f} times (at most 1.3)"
    )
    print("  1600 pixels wide: " + ", ".join(f"{kind} {size / count / 1000:.0f} kB" for kind, size in bytes_of.items()))
    if ours > 1.3 * plain:
        raise SystemExit("The sizes of photos take longer than 1.3 times a bare Pillow loop.")


if __name__ == "__main__":
    main()
