"""What lies inside a picture; and pictures of papers. Pure; run where it can do no harm."""

import io
import re
import zipfile
from typing import BinaryIO

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from units.rules.file_kinds import DAMAGED, JPG, PDF, PNG, TWOFOLD, FileFault, FileKind

MOST_DOTS = 50_000_000
TOO_MANY_DOTS = (
    "Ảnh có quá nhiều điểm ảnh (hơn 50 triệu) nên không nhận được. Đề nghị giảm cỡ ảnh rồi đưa lên."
)
QUALITY = 82

Image.MAX_IMAGE_PIXELS = None  # ours is the limit, and it has a sentence

_ENDS = {PNG: b"IEND\xaeB`\x82", JPG: b"\xff\xd9"}
_OTHER = re.compile(rb"<(html|script|!doctype|\?php|svg)|%PDF-\d", re.IGNORECASE)


def check_picture(file: BinaryIO, kind: FileKind) -> None:
    """A whole picture of the kind, of a sensible size, with nothing tied on. Raises `FileFault`."""
    file.seek(0)
    try:
        with Image.open(file, formats=["PNG" if kind == PNG else "JPEG"]) as picture:
            if picture.width * picture.height > MOST_DOTS:
                raise FileFault(TOO_MANY_DOTS)
            picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as fault:
        if isinstance(fault, FileFault):
            raise
        raise FileFault(DAMAGED) from fault
    file.seek(0)
    content = file.read()
    end = content.rfind(_ENDS[kind])
    if end < 0:
        raise FileFault(DAMAGED)
    tied_on = kind == PNG and content[end + len(_ENDS[kind]) :].strip(b"\x00")
    if tied_on or zipfile.is_zipfile(file) or _OTHER.search(content):
        raise FileFault(TWOFOLD)


def draw(file: BinaryIO, extension: str, page: str, width: str) -> bytes:
    """A JPEG of one page of a paper (from 1), or of a picture, at most so many dots wide.

    Never taller than twice that, so that a page as long as a street stays small.
    """
    size = int(width), 2 * int(width)
    drawn = _page(file, int(page), size) if extension == PDF.extension else _picture(file, size)
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _page(file: BinaryIO, number: int, size: tuple[int, int]) -> Image.Image:
    with pypdfium2.PdfDocument(file) as paper:
        page = paper[number - 1]
        across, down = page.get_size()
        scale = min(size[0] / max(across, 1), size[1] / max(down, 1), 8)
        drawn: Image.Image = page.render(scale=scale).to_pil()
        return drawn.convert("RGB")


def _picture(file: BinaryIO, size: tuple[int, int]) -> Image.Image:
    """Upright, and on white where it is transparent."""
    with Image.open(file) as picture:
        picture.thumbnail(size)
        small = ImageOps.exif_transpose(picture).convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", small.size, "white"), small).convert("RGB")
