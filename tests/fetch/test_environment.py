"""Nothing of the machine or of an earlier answer goes into a request."""

from __future__ import annotations

from provenance.fetch import EVERYWHERE
from provenance.fetch.fetching import fetch

from .conftest import PICTURE, Site, ok, redirect, served

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


def test_no_proxies_no_logins_no_cookies(tmp_path, monkeypatch, listener, attempts):
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in PROXIES:
        monkeypatch.setenv(name, f"http://127.0.0.1:{listener.port}")
    with served(Site("127.0.0.1")) as site:
        site.answers["/a"] = redirect("/b", "Set-Cookie: who=you; Path=/")
        site.answers["/b"] = ok(PICTURE)
        assert fetch(site.url("/a"), reach=EVERYWHERE) == PICTURE
    assert listener.heard == []
    assert [where[1] for where in attempts] == [site.port] * 2
    said = [line.split(b":")[0] for head in site.heads for line in head.split(b"\r\n")[1:-1]]
    assert said == [b"Host", b"User-Agent", b"Accept", b"Accept-Encoding", b"Connection"] * 2


def test_a_page_is_asked_for_nothing_else():
    with served(Site("127.0.0.1")) as site:
        site.answers["/a"] = ok(PICTURE)
        fetch(site.url("/a"), reach=EVERYWHERE)
    assert [head.split(b" ")[1] for head in site.heads] == [b"/a"]
