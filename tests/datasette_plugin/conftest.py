"""A demo archive, and a Datasette over it; which version that is stands in every test's report."""

from __future__ import annotations

import asyncio
import io
import shutil
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from provenance.datasette_plugin.archives import close_all
from provenance.datasette_plugin.serving import Serving, datasette_for
from provenance.datasette_plugin.versions import datasette_version
from provenance.demo.run import run


def pytest_report_header() -> str:
    return f"datasette {datasette_version()}"


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("story")
    run(folder, out=io.StringIO())
    return folder


@pytest.fixture
def archive(story: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(story / "archive.db", tmp_path / "archive.db"))


class Browser:
    """Asks a Datasette as a browser or a program would; one event loop for all of it.

    The loop has a thread of its own: where a test before this one drives a real browser, the
    main thread is inside that browser's loop already.
    """

    def __init__(self, datasette: Any) -> None:
        self.datasette = datasette
        self.loop = asyncio.new_event_loop()
        self.thread = Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def run(self, task: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(task, self.loop).result()

    def get(self, path: str, **options: Any) -> Any:
        return self.run(self.datasette.client.get(path, **options))

    def post(self, path: str, **options: Any) -> Any:
        return self.run(self.datasette.client.post(path, **options))

    def close(self) -> None:
        close_all(self.datasette)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()


@pytest.fixture
def browse() -> Iterator[Callable[..., Browser]]:
    opened: list[Browser] = []

    def open_(archive: Path, **options: Any) -> Browser:
        opened.append(Browser(datasette_for(Serving(archive, **options))))
        return opened[-1]

    yield open_
    for browser in opened:
        browser.close()


@pytest.fixture(scope="module")
def reader(story: Path) -> Iterator[Browser]:
    browser = Browser(datasette_for(Serving(story / "archive.db")))
    yield browser
    browser.close()
