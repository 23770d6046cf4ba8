from __future__ import annotations

import imagehash
from PIL import Image

from provenance.conformance import drawings
from provenance.fingerprint import phash, text
from provenance.models import Pixels


def test_the_text_is_the_one_imagehash_prints() -> None:
    for number in (0, 4, 9, 20, 55):
        rgb = drawings.picture(number)
        expected = str(imagehash.phash(Image.fromarray(rgb)))
        got = phash.compute(Pixels(rgb, "drawn"))
        assert (got.kind, text(got), got.quality) == ("phash_v1", expected, None)
