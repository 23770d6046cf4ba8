"""Addresses that look harmless, or unlike what they mean: each with where it would lead.

``{port}`` is where somebody listens. What names mean is what the stand-in for DNS answers.
"""

from __future__ import annotations

LOOPBACK = "127.0.0.1"
METADATA = "169.254.169.254"

SPELLINGS = [
    (f"http://{host}:{{port}}/x.jpg", means)
    for host, means in [
        ("127.0.0.1", LOOPBACK),
        ("127.1", LOOPBACK),
        ("127.0.1", LOOPBACK),
        ("2130706433", LOOPBACK),
        ("6425673729", LOOPBACK),
        ("0x7f000001", LOOPBACK),
        ("0X7F000001", LOOPBACK),
        ("0x7f.0x0.0x0.0x1", LOOPBACK),
        ("0x7f.1", LOOPBACK),
        ("0177.0.0.1", LOOPBACK),
        ("017700000001", LOOPBACK),
        ("0177.0x0.0.1", LOOPBACK),
        ("00000177.0.0.1", LOOPBACK),
        ("127.0.0.01", LOOPBACK),
        ("127.000.000.001", LOOPBACK),
        ("127.0.0.1.", LOOPBACK),
        ("127.0.0.1..", LOOPBACK),
        ("383.0.0.1", LOOPBACK),
        ("127.127.127.127", "127.127.127.127"),
        ("127.255.255.254", "127.255.255.254"),
        ("\uff11\uff12\uff17.\uff10.\uff10.\uff11", LOOPBACK),  # full-width digits
        ("\u2460\u2461\u2466.\u24ea.\u24ea.\u2460", LOOPBACK),  # digits in rings
        ("127\u30020\u30020\u30021", LOOPBACK),  # ideographic full stops
        ("127\uff610\uff610\uff611", LOOPBACK),  # the narrow ones
        ("127\uff0e0\uff0e0\uff0e1", LOOPBACK),  # full-width full stops
        ("%31%32%37.0.0.1", LOOPBACK),
        ("127.0.0.1%00.example.com", LOOPBACK),
        ("127.0.0.1%2f.example.com", LOOPBACK),
        ("0", "0.0.0.0"),
        ("0.0.0.0", "0.0.0.0"),
        ("0x0", "0.0.0.0"),
        ("10.0.0.1", "10.0.0.1"),
        ("167772161", "10.0.0.1"),
        ("100.64.0.1", "100.64.0.1"),
        ("169.254.169.254", METADATA),
        ("2852039166", METADATA),
        ("0xA9FEA9FE", METADATA),
        ("0251.0376.0251.0376", METADATA),
        ("169.16689662", METADATA),
        ("172.16.0.1", "172.16.0.1"),
        ("172.31.255.255", "172.31.255.255"),
        ("192.0.0.1", "192.0.0.1"),
        ("192.0.2.1", "192.0.2.1"),
        ("192.88.99.1", "192.88.99.1"),
        ("192.168.1.1", "192.168.1.1"),
        ("198.18.0.1", "198.18.0.1"),
        ("224.0.0.1", "224.0.0.1"),
        ("240.0.0.1", "240.0.0.1"),
        ("255.255.255.255", "255.255.255.255"),
    ]
]

IP6 = [
    (f"http://[{host}]:{{port}}/x.jpg", means)
    for host, means in [
        ("::1", "::1"),
        ("0:0:0:0:0:0:0:1", "::1"),
        ("0000:0000:0000:0000:0000:0000:0000:0001", "::1"),
        ("::", "::"),
        ("::ffff:127.0.0.1", "::ffff:127.0.0.1"),
        ("::FFFF:7F00:1", "::ffff:127.0.0.1"),
        ("0:0:0:0:0:ffff:127.0.0.1", "::ffff:127.0.0.1"),
        ("::ffff:169.254.169.254", "::ffff:169.254.169.254"),
        ("::ffff:0:127.0.0.1", "::ffff:0:7f00:1"),
        ("::127.0.0.1", "::7f00:1"),
        ("64:ff9b::7f00:1", "64:ff9b::7f00:1"),  # NAT64
        ("64:ff9b::127.0.0.1", "64:ff9b::7f00:1"),
        ("64:ff9b:1::7f00:1", "64:ff9b:1::7f00:1"),  # NAT64 of one's own network
        ("2002:7f00:1::", "2002:7f00:1::"),  # 6to4
        ("2002:c0a8:101::1", "2002:c0a8:101::1"),
        ("2001:0:7f00:1::", "2001:0:7f00:1::"),  # Teredo
        ("2001:10::1", "2001:10::1"),
        ("2001:db8::1", "2001:db8::1"),
        ("3fff::1", "3fff::1"),
        ("100::1", "100::1"),
        ("5f00::1", "5f00::1"),
        ("fc00::1", "fc00::1"),
        ("fd00:ec2::254", "fd00:ec2::254"),
        ("fe80::1", "fe80::1"),
        ("fe80::1%25lo", "fe80::1%lo"),
        ("fe80::1%lo", "fe80::1%lo"),
        ("::1%25lo", "::1"),
        ("fec0::1", "fec0::1"),
        ("ff02::1", "ff02::1"),
        ("127.0.0.1", LOOPBACK),
        ("v1.127.0.0.1", LOOPBACK),
    ]
]

READINGS = [
    (url, LOOPBACK)
    for url in [
        "http://example.com@127.0.0.1:{port}/x.jpg",
        "http://example.com:80@127.0.0.1:{port}/x.jpg",
        "http://127.0.0.1:{port}@example.com/x.jpg",
        "http://a@b@127.0.0.1:{port}/x.jpg",
        "http://example.com%40127.0.0.1:{port}/x.jpg",
        "http://example.com\uff20127.0.0.1:{port}/x.jpg",
        "http://127.0.0.1:{port}\\@example.com/x.jpg",
        "http://example.com\\@127.0.0.1:{port}/x.jpg",
        "http://127.0.0.1:{port}#@example.com/x.jpg",
        "http://127.0.0.1:{port}?@example.com/x.jpg",
        "http://1.1.1.1 &@127.0.0.1:{port}# @3.3.3.3/",
        "http:\\\\127.0.0.1:{port}\\x.jpg",
        "http:/\\127.0.0.1:{port}/x.jpg",
        "\\\\127.0.0.1:{port}/x.jpg",
        "//127.0.0.1:{port}/x.jpg",
        "///127.0.0.1:{port}/x.jpg",
        "http:///127.0.0.1:{port}/x.jpg",
        "http:////127.0.0.1:{port}/x.jpg",
        "http:/127.0.0.1:{port}/x.jpg",
        "http:127.0.0.1:{port}/x.jpg",
        "http://127.0.0.1:{port}\t/x.jpg",
        "http://127.0\t.0.1:{port}/x.jpg",
        "ht\ttp://127.0.0.1:{port}/x.jpg",
        "http://127.\n0.0.1:{port}/x.jpg",
        "http://127.0.0.1:{port}/x.jpg\r\nHost: example.com",
        "http://127.0.0.1:{port} HTTP/1.1\r\nX:",
        "\x01http://127.0.0.1:{port}/x.jpg",
        "http://127.0.0.1 .example.com:{port}/x.jpg",
        "http://127.0.0.1:{port}:80/x.jpg",
        "http://[::1:{port}/x.jpg",
        "http://[::1]x:{port}/x.jpg",
        "http://[::1]@example.com:{port}/x.jpg",
        "http://::1:{port}/x.jpg",
        "HTTP://127.0.0.1:{port}/x.jpg",
        "http://127.0.0.1:0{port}/x.jpg",
        "https://127.0.0.1:{port}/x.jpg",
        "file:///etc/hostname",
        "file://127.0.0.1:{port}/x.jpg",
        "ftp://127.0.0.1:{port}/x.jpg",
        "gopher://127.0.0.1:{port}/_GET%20/",
        "dict://127.0.0.1:{port}/x",
        "ws://127.0.0.1:{port}/x.jpg",
        "jar:http://127.0.0.1:{port}/x.jpg!/",
        "url:http://127.0.0.1:{port}/x.jpg",
        "data:image/png;base64,iVBORw0KGgo=",
        "javascript:fetch('http://127.0.0.1:{port}')",
    ]
]

NAMES = [
    (f"http://{name}:{{port}}/x.jpg", means)
    for name, means in [
        ("localhost", LOOPBACK),
        ("LocalHost", "::1"),
        ("localhost.", LOOPBACK),
        ("localhost.localdomain", LOOPBACK),
        ("ip6-localhost", "::1"),
        ("\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3", LOOPBACK),  # in rings
        ("local\u00adhost", LOOPBACK),  # a soft hyphen
        ("local\u200bhost", LOOPBACK),  # a space without width
        ("127.0.0.1.nip.example", LOOPBACK),
        ("7f000001.rebind.example", LOOPBACK),
        ("metadata.google.internal", METADATA),
        ("printer", "192.168.1.9"),
        ("b\u00fccher.example", "10.1.2.3"),
        ("xn--bcher-kva.example", "::ffff:10.1.2.3"),
        ("one-v6.example", "fe80::1%lo"),
        ("1.example", "64:ff9b::a00:1"),
    ]
]

TRICKS = [*SPELLINGS, *IP6, *READINGS, *NAMES]
