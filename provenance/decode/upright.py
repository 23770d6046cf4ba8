"""The picture as a viewer shows it: turned and mirrored as its EXIF orientation says.

Source: CIPA DC-008 (Exif 3.0), tag 274; values outside 1..8 mean nothing and are passed over.
"""

from __future__ import annotations

from PIL import Image

ORIENTATION = 274

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def orientation(image: Image.Image) -> int:
    """The orientation tag, 1 where there is none or it cannot be read."""
    try:
        value = image.getexif().get(ORIENTATION, 1)
    except Exception:  # noqa: BLE001  crafted EXIF raises many classes; none hides a picture
        return 1
    return value if value in TURNS else 1


def upright(image: Image.Image, turn: int) -> Image.Image:
    """The picture turned as an orientation tag of value ``turn`` asks."""
    return image.transpose(TURNS[turn]) if turn in TURNS else image
