from __future__ import annotations

import pytest

from provenance.errors import Unreadable
from provenance.fetch.address import read


@pytest.mark.parametrize(
    ("url", "means"),
    [
        ("http://EXAMPLE.com", "http://example.com/"),
        ("HTTPS://example.com:443/a.jpg#top", "https://example.com/a.jpg"),
        ("http://example.com./a", "http://example.com/a"),
        ("http://example.com:/a", "http://example.com/a"),
        ("http://example.com:8080/a", "http://example.com:8080/a"),
        ("http://example.com/a b.jpg", "http://example.com/a%20b.jpg"),
        ("http://example.com/%D0%B0.jpg", "http://example.com/%D0%B0.jpg"),
        ("http://example.com/صورة.jpg?ä=ö", None),
        ("http://example.com?a=b&c=d", "http://example.com/?a=b&c=d"),
        ("http://example.com/?", "http://example.com/"),
        ("http://b\u00fccher.example/", "http://xn--bcher-kva.example/"),
        ("http://fa\u00df.example/", "http://xn--fa-hia.example/"),  # not fass.example
        ("http://r4---sn-a.example.com/", "http://r4---sn-a.example.com/"),
        ("http://a_b.example/", "http://a_b.example/"),
        ("http://192.0.2.7:80/", "http://192.0.2.7/"),
        ("http://[2001:DB8::7]/", "http://[2001:db8::7]/"),
    ],
)
def test_an_address_has_one_reading(url, means):
    address = read(url)
    assert means is None or address.url == means
    assert address.url.isascii()
    assert read(address.url) == address


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http://.",
        "http://..",
        "http://.example.com",
        "http://example..com",
        "http://-a.example",
        f"http://{'a' * 64}.example",
        f"http://{'a.' * 130}example",
        "http://exa mple.com",
        "http://exam\u2044ple.com",
        "http://a:b/",
        "http://a:-1/",
        "http://a:\u0661/",
        "http://[1.2.3.4]/",
        "mailto:a@example.com",
        "a.jpg",
        "",
        f"http://example.com/{'a' * 9000}",
        "http://example.com/\x85",
        "http://\udcff.example/",
        "http://1.2.3/",
        "http://a.0x1/",
    ],
)
def test_what_is_odd_is_refused(url):
    with pytest.raises(Unreadable) as caught:
        read(url)
    assert caught.value.reason == "fetch_refused"
    assert caught.value.advice


@pytest.mark.parametrize(
    ("location", "leads"),
    [
        ("https://other.example/b.jpg", "https://other.example/b.jpg"),
        ("//other.example/b.jpg", "http://other.example/b.jpg"),
        ("/b.jpg", "http://example.com/b.jpg"),
        ("b.jpg?c", "http://example.com/a/b.jpg?c"),
        ("../b.jpg", "http://example.com/b.jpg"),
        ("/\u00e4.jpg", "http://example.com/%C3%A4.jpg"),
        ("", "http://example.com/a/a.jpg"),
    ],
)
def test_where_a_redirect_leads(location, leads):
    assert read("http://example.com/a/a.jpg").leading_to(location).url == leads


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://name:word@example.com/", "holds a login"),
        ("http://0177.0.0.1/", "four numbers"),
        ("ftp://example.com/a.jpg", "Only http and https"),
        ("http://example.com\\a", "backslash"),
        (f"http://example.com/{'a' * 9000}", "too long"),
    ],
)
def test_what_is_refused_says_what_is_odd(url, says):
    with pytest.raises(Unreadable, match=says):
        read(url)
