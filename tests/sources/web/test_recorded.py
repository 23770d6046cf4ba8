"""Archives that warcio records from a real server come in with page, caption and crawl time."""

from __future__ import annotations

import io
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from fixtures.pages import article, figure, meta, picture, wacz
from provenance.models import How, Means, Trust

CAPTION = "Rauch über dem Markt (Archivbild)"
PATHS = ("/2019/fire", "/img/market.jpg", "/img/icon.png", "/img/moved.jpg", "/img/there.jpg")
RECORD = """
import sys
from warcio.capture_http import capture_http
import http.client
port, name = int(sys.argv[1]), sys.argv[2]
with capture_http(name):
    for path in sys.argv[3:]:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", path)
        connection.getresponse().read()
        connection.close()
"""


class Site(BaseHTTPRequestHandler):
    """A small site: one article, its picture, an icon, a picture that moved."""

    def do_GET(self) -> None:
        published = meta("article:published_time", self.server.published)
        shown = figure("/img/market.jpg", CAPTION) + figure("/img/moved.jpg", "Moved")
        aside = '<aside><img src="/img/icon.png"></aside>'
        pages = {
            "/2019/fire": ("text/html; charset=utf-8", article(shown, published, aside).encode()),
            "/img/market.jpg": ("image/jpeg", picture(1)),
            "/img/icon.png": ("image/png", picture(2, (32, 32), "PNG")),
            "/img/there.jpg": ("image/jpeg", picture(3)),
        }
        if self.path == "/img/moved.jpg":
            self.send_response(301)
            self.send_header("Location", "/img/there.jpg")
            self.end_headers()
            return
        kind, body = pages[self.path]
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Be quiet."""


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """A WARC of the site, recorded now; and when it says that it was published."""
    published = (datetime.now(UTC) - timedelta(days=3)).replace(microsecond=0)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.published = published.isoformat()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    name = tmp_path_factory.mktemp("recorded") / "site.warc.gz"
    try:
        subprocess.run(
            [sys.executable, "-c", RECORD, str(server.server_port), str(name), *PATHS],
            check=True,
            timeout=60,
        )
    finally:
        server.shutdown()
        server.server_close()
    return name.read_bytes(), published, server.server_port


@pytest.mark.parametrize("kind", ["site.warc.gz", "site.wacz"])
def test_page_caption_and_crawl_time_come_in(recorded, take, kind):
    warc, published, port = recorded
    found = take(wacz(warc) if kind.endswith("wacz") else warc, kind, trust="trusted")
    market, moved = found
    site = f"http://127.0.0.1:{port}"
    assert market.name == f"{kind}/{site}/img/market.jpg"
    assert market.content == picture(1)
    assert market.kept_in == kind
    assert market.collection.name == kind
    page, crawl = market.sighting, market.more[0]
    assert (page.means, page.how, page.trust) == (Means.PUBLISHED, How.PAGE, Trust.TRUSTED)
    assert page.date.latest == published
    assert page.url == crawl.url == f"{site}/2019/fire"
    assert page.caption == f'{CAPTION} [alt="Smoke"]'
    assert not page.weak_page
    assert (crawl.means, crawl.how, crawl.image_record) == (Means.CRAWLED, How.CRAWL_RECORD, True)
    assert timedelta(0) <= datetime.now(UTC) - crawl.date.latest < timedelta(minutes=10)
    assert moved.content == picture(3)
    assert moved.sighting.caption == 'Moved [alt="Smoke"]'


def test_nothing_is_printed_by_the_library(recorded, take, capfd):
    take(recorded[0] + b"\r\nnot a record\r\n")
    assert capfd.readouterr() == ("", "")


def test_the_recorder_is_the_one_that_others_use(recorded):
    from warcio.archiveiterator import ArchiveIterator

    kinds = [record.rec_type for record in ArchiveIterator(io.BytesIO(recorded[0]))]
    assert kinds.count("response") == 5
