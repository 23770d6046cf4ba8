"""Short keys sampled from 256-bit descriptors: near descriptors often share one.

Bit sampling is the oldest locality-sensitive hash (Indyk and Motwani, "Approximate nearest
neighbors: towards removing the curse of dimensionality", STOC 1998): two descriptors that
differ in a share p of their bits agree in k sampled ones with probability (1 - p)^k. Several
tables of different bits make up for that. How many bits of a key count is decided when asking
(Bawa, Condie, Ganesan, "LSH Forest", WWW 2005), so that files need no rewriting as they grow.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from provenance.index.records import DESCRIPTOR_BYTES, Codes

Keys = NDArray[np.uint32]

KEY_BITS = 32

SAMPLED = (
    (
        156,
        162,
        123,
        60,
        9,
        76,
        33,
        15,
        134,
        120,
        205,
        249,
        72,
        202,
        186,
        107,
        240,
        170,
        195,
        189,
        85,
        239,
        165,
        129,
        7,
        203,
        196,
        209,
        50,
        44,
        62,
        104,
    ),
    (
        23,
        233,
        225,
        93,
        226,
        30,
        1,
        252,
        125,
        0,
        245,
        243,
        163,
        22,
        174,
        58,
        45,
        201,
        255,
        56,
        111,
        28,
        206,
        18,
        197,
        52,
        122,
        10,
        131,
        148,
        194,
        40,
    ),
    (
        238,
        220,
        230,
        32,
        48,
        177,
        179,
        190,
        119,
        77,
        133,
        12,
        19,
        121,
        140,
        244,
        16,
        193,
        136,
        53,
        178,
        42,
        24,
        66,
        175,
        29,
        191,
        215,
        109,
        152,
        204,
        149,
    ),
    (
        153,
        227,
        90,
        64,
        92,
        4,
        20,
        61,
        116,
        157,
        127,
        250,
        96,
        155,
        106,
        151,
        192,
        37,
        35,
        73,
        130,
        80,
        98,
        89,
        82,
        180,
        68,
        198,
        183,
        253,
        91,
        69,
    ),
    (
        63,
        21,
        118,
        161,
        228,
        74,
        55,
        13,
        208,
        187,
        65,
        173,
        14,
        3,
        71,
        105,
        138,
        11,
        26,
        176,
        2,
        171,
        213,
        147,
        217,
        25,
        57,
        5,
        88,
        236,
        39,
        27,
    ),
    (
        235,
        43,
        224,
        246,
        167,
        84,
        41,
        248,
        38,
        87,
        8,
        34,
        159,
        67,
        110,
        207,
        221,
        31,
        146,
        17,
        251,
        47,
        164,
        139,
        78,
        242,
        95,
        54,
        210,
        36,
        117,
        142,
    ),
)
"""Which bits of an ORB descriptor make the keys, most telling first, no bit twice.

Neighbouring bits of ORB agree too often to tell descriptors apart. These were chosen greedily
on 250,000 descriptors of 500 photographs: even first (mean near one half), then least
correlated with those the key has already. Beside every eighth bit in turn, at equal recall,
a look-up in 500,000 descriptors compares 6 to 7 times fewer (23,566 instead of 136,382 with
six tables and 20 bits). For any other 256-bit code they are as good as random.
"""

TABLES = len(SAMPLED)

BITS_LESS = 1
FEWEST_BITS = 4

_AT_ONCE = 1 << 15
"""Codes that are unpacked at once: 8 MB of bits."""


def keys(codes: Codes) -> Keys:
    """The keys of points or descriptors: shape (:data:`TABLES`, n), first sampled bit highest."""
    made = np.empty((TABLES, len(codes)), np.uint32)
    for start in range(0, len(codes), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        made[:, part] = _keys_of_a_part(codes[part])
    return made


def _keys_of_a_part(codes: Codes) -> Keys:
    bits = np.unpackbits(codes[:, :DESCRIPTOR_BYTES], axis=1)
    sampled = np.take(bits, np.array(SAMPLED).ravel(), axis=1)
    return np.packbits(sampled, axis=1).view(">u4").T.astype(np.uint32)


def counting_bits(codes: int) -> int:
    """How many leading bits of a key count where this many codes are stored.

    About one code to two keys, so that the work of a look-up does not grow with the archive.
    It depends on the number of codes alone: neither the order of adding nor the division into
    files changes an answer.
    """
    return min(KEY_BITS, max(FEWEST_BITS, codes.bit_length() - BITS_LESS))
