from __future__ import annotations

import string
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import MalformedHash
from provenance.fingerprint import HashQuery, hamming, parse_hash, text
from provenance.models import Fingerprint

H64, H16 = "0123456789abcdef" * 4, "00ff00ff00ff00ff"
BYTES64, BYTES16 = bytes.fromhex(H64), bytes.fromhex(H16)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (f"sha256:{H64}", [("sha256", BYTES64)]),
        (f"pdq:{H64}", [("pdq_v1", BYTES64)]),
        (f"phash:{H16}", [("phash_v1", BYTES16)]),
        (H64, [("sha256", BYTES64), ("pdq_v1", BYTES64)]),
        (H16, [("phash_v1", BYTES16)]),
        (f"PDQ:{H64.upper()}", [("pdq_v1", BYTES64)]),
        (f" {H16.upper()}\n", [("phash_v1", BYTES16)]),
    ],
)
def test_hashes_as_people_write_them(written: str, expected: list[tuple[str, bytes]]) -> None:
    assert parse_hash(written) == tuple(HashQuery(kind, value) for kind, value in expected)


@pytest.mark.parametrize(
    ("written", "what"),
    [
        (f"sha256:{H64[:-1]}", "has 63 digits where sha256 has 64"),
        (f"pdq:{H64}0", "has 65 digits where pdq has 64"),
        (f"phash:{H64}", "has 64 digits where phash has 16"),
        ("pdq:", "has 0 digits"),
        (f"pdq:{H64[:-1]}g", "no hex digit"),
        (f"phash:{H16[:-2]}é9", "no hex digit"),
        ("md5:" + "0" * 32, r"kind \(md5\)"),
        ("dhash:" + H16, r"kind \(dhash\)"),
        ("d41d8cd98f00b204e9800998ecf8427e", "32 characters"),
        (H64[:-1], "63 characters"),
        (H64[:-1] + "o", "64 characters"),
    ],
)
def test_malformed_hashes_say_what_is_expected(written: str, what: str) -> None:
    with pytest.raises(MalformedHash, match=what) as caught:
        parse_hash(written)
    assert "Expected sha256: or pdq: with 64 hex digits" in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    "written",
    ["", "a.jpg", "deadbeef", "folder/" + H64, H64 + ".jpg", "https://example.com/" + H16,
     "C:\\pictures", "internationalist", "data:image/png", "photo"],
)  # fmt: skip
def test_what_does_not_look_like_a_hash_is_left_to_others(written: str) -> None:
    assert parse_hash(written) is None


@given(st.binary(min_size=32, max_size=32))
def test_text_and_back(value: bytes) -> None:
    written = text(Fingerprint("pdq_v1", value))
    assert len(written) == 64
    assert written == written.lower()
    assert parse_hash(f"pdq:{written}") == (HashQuery("pdq_v1", value),)
    assert HashQuery("pdq_v1", value).text == written


@given(st.text(alphabet=string.printable, max_size=80))
def test_any_text_is_a_hash_or_none_or_refused(written: str) -> None:
    try:
        queries = parse_hash(written)
    except MalformedHash:
        return
    assert queries is None or all(len(query.value) in (8, 32) for query in queries)


bits = st.binary(min_size=8, max_size=8)


@given(bits, bits, bits)
def test_hamming_is_a_distance(a: bytes, b: bytes, c: bytes) -> None:
    assert hamming(a, b) == hamming(b, a)
    assert (hamming(a, b) == 0) == (a == b)
    assert hamming(a, c) <= hamming(a, b) + hamming(b, c)


def test_hamming_counts_bits_of_equal_widths_only() -> None:
    assert hamming(b"\x00\xff", b"\x01\x7f") == 2
    with pytest.raises(ValueError, match="8 and 32 bytes"):
        hamming(bytes(8), bytes(32))


def test_reading_a_hash_loads_no_numpy() -> None:
    program = """
import sys
from provenance.fingerprint import parse_hash
parse_hash("a.jpg")
sys.exit("numpy" in sys.modules or "cv2" in sys.modules or "PIL" in sys.modules)
"""
    subprocess.run([sys.executable, "-c", program], check=True)
