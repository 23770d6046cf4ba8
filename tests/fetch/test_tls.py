"""The connection goes to the address that was checked, the certificate is that of the name."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import trustme

from provenance.errors import Unreadable
from provenance.fetch import EVERYWHERE
from provenance.fetch.fetching import fetch
from provenance.fetch.limits import Limits
from provenance.fetch.line import authorities

from .conftest import PICTURE, Site, ok, redirect, served


@pytest.fixture(scope="module")
def ca() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trust(ca: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    ca.configure_trust(context)
    return context


def secure(certificate: trustme.LeafCert, heard: list[str | None] | None = None) -> Site:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    if heard is not None:
        context.sni_callback = lambda _socket, name, _context: heard.append(name)
    site = Site("127.0.0.1", tls=context)
    site.answers["/a"] = ok(PICTURE)
    return site


@pytest.fixture
def names() -> list[str | None]:
    return []


@pytest.fixture
def pictures(ca: trustme.CA, names: list[str | None]) -> Iterator[Site]:
    with served(secure(ca.issue_cert("pictures.example"), names)) as site:
        yield site


def get(site: Site, host: str, trust: ssl.SSLContext | None, path: str = "/a") -> bytes:
    return fetch(
        site.url(path, host, "https"),
        reach=EVERYWHERE,
        resolver=lambda _host, _port: ["127.0.0.1"],
        trust=trust,
    )


def test_host_sni_and_certificate_are_those_of_the_name(pictures, names, trust, attempts):
    assert get(pictures, "pictures.example", trust) == PICTURE
    assert attempts == [("127.0.0.1", pictures.port)]
    assert names == ["pictures.example"]
    assert f"Host: pictures.example:{pictures.port}\r\n".encode() in pictures.heads[0]


def test_the_certificate_of_another_name_does_not_do(pictures, trust):
    with pytest.raises(Unreadable, match="does not prove") as caught:
        get(pictures, "other.example", trust)
    assert caught.value.reason == "fetch_failed"
    assert pictures.heads == []


def test_a_certificate_that_nobody_vouches_for_does_not_do(pictures):
    with pytest.raises(Unreadable, match="does not prove"):
        get(pictures, "pictures.example", trust=None)
    assert pictures.heads == []


def test_a_certificate_that_ran_out_does_not_do(ca, trust):
    past = ca.issue_cert("pictures.example", not_after=datetime(2020, 1, 1, tzinfo=UTC))
    with served(secure(past)) as site, pytest.raises(Unreadable, match="expired"):
        get(site, "pictures.example", trust)


def test_a_redirect_is_held_to_the_name_it_leads_to(pictures, trust):
    pictures.answers["/r"] = redirect(pictures.url("/a", "other.example", "https"))
    with pytest.raises(Unreadable, match="does not prove"):
        get(pictures, "pictures.example", trust, "/r")
    assert len(pictures.heads) == 1


def test_an_ip_address_needs_a_certificate_of_its_own(ca, trust, pictures):
    with served(secure(ca.issue_cert("127.0.0.1"))) as site:
        assert get(site, "127.0.0.1", trust) == PICTURE
    with pytest.raises(Unreadable, match="does not prove"):
        get(pictures, "127.0.0.1", trust)


def test_a_server_that_never_shakes_hands_is_stopped(trust):
    limits = Limits(total_seconds=1.0)
    with served(Site("127.0.0.1")) as site, pytest.raises(Unreadable) as caught:
        fetch(site.url("/a", scheme="https"), reach=EVERYWHERE, limits=limits, trust=trust)
    assert caught.value.reason == "fetch_failed"


def test_without_a_word_from_the_caller_certificates_are_checked():
    context = authorities()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.cert_store_stats()["x509_ca"] > 50
