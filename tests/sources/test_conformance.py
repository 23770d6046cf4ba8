from __future__ import annotations

from dataclasses import replace

import pytest
from openpyxl import Workbook

from fixtures import pages
from provenance import plugins
from provenance.conformance.sources import check_source
from provenance.models import Entry
from provenance.sources.files import Files
from provenance.sources.folder import Folder
from provenance.sources.table import Table


@pytest.fixture
def arguments(tmp_path, table):
    (tmp_path / "d/e").mkdir(parents=True)
    (tmp_path / "d/e/list.csv").write_text("Datei,Datum\nb.jpg,2019\nnone.jpg,2019\n")
    for name in ("d/a.jpg", "d/e/b.jpg", "d/.c.jpg", "a.jpg", "pictures.zip"):
        (tmp_path / name).touch()
    with open(bytes(tmp_path) + b"/d/\xff.jpg", "wb"):
        pass
    table(f"path,hash,date\na.jpg,,2019\n,sha256:{'ab' * 32},\n,,\nb.jpg,,someday\n")
    pages.write(tmp_path / "pages")
    return {
        "web_archive": tmp_path / "pages/crawl.wacz",
        "mhtml": tmp_path / "pages/page.mhtml",
        "saved_page": tmp_path / "pages/page.html",
        "files": tmp_path / "a.jpg",
        "folder": tmp_path / "d",
        "table": tmp_path / "table.csv",
        "unbuilt": tmp_path / "pictures.zip",
        "remote": "https://example.com/a.jpg",
    }


OURS = ["files", "folder", "table", "web_archive", "mhtml", "saved_page", "unbuilt", "remote"]


@pytest.mark.parametrize("name", OURS)
def test_our_sources_pass_the_kit(arguments, name):
    check_source(plugins.sources()[name](), str(arguments[name]))


def test_a_workbook_passes_the_kit(tmp_path):
    book = Workbook()
    for row in (("Datei", "Datum"), ("a.jpg", "2019"), (None, None), ("b.jpg", "someday")):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    check_source(Table(), str(tmp_path / "t.xlsx"))


def test_every_source_of_ours_is_tried(arguments):
    assert set(plugins.sources()) >= set(arguments)
    assert set(arguments) == set(OURS)


class AllAtOnce(Files):
    def entries(self, argument, stated, run):
        return list(super().entries(argument, stated, run))


class Forgetful(Files):
    def entries(self, argument, stated, run):
        return (replace(entry, sighting=None) for entry in super().entries(argument, stated, run))


class Nameless(Files):
    def entries(self, argument, stated, run):
        return (replace(entry, name="") for entry in super().entries(argument, stated, run))


class Both(Files):
    def entries(self, argument, stated, run):
        entries = super().entries(argument, stated, run)
        return (replace(entry, sha256="ab" * 32) for entry in entries)


class Unprintable(Files):
    def entries(self, argument, stated, run):
        return (replace(entry, name="\udcff") for entry in super().entries(argument, stated, run))


class Shuffled(Folder):
    turn = 0

    def entries(self, argument, stated, run):
        self.turn += 1
        found = list(super().entries(argument, stated, run))
        yield from found[:: -1 if self.turn % 2 else 1]


class Hesitant(Files):
    def recognises(self, argument):
        return argument.raw


class Loud(Files):
    name = "My Source!"


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (AllAtOnce, "one by one"),
        (Forgetful, "lost what was stated"),
        (Nameless, "no name"),
        (Both, "exactly one"),
        (Unprintable, "no output can write"),
        (Shuffled, "another order"),
        (Hesitant, "instead of yes or no"),
        (Loud, "lower-case word"),
    ],
)
def test_the_kit_finds_what_is_wrong(arguments, source, says):
    argument = arguments["folder" if source is Shuffled else "files"]
    with pytest.raises(AssertionError, match=says):
        check_source(source(), str(argument))


def test_a_foreign_source_is_asked_before_what_is_left_becomes_a_file(draw, monkeypatch):
    class Cards:
        name = "cards"

        def recognises(self, argument):
            return argument.suffix == ".card"

        def check(self, argument, run):
            pass

        def entries(self, argument, stated, run):  # noqa: ARG002 - the interface
            yield Entry("from a card", sha256="ab" * 32, collection=stated.batch("cards"))

    known = plugins.sources() | {"cards": Cards}
    monkeypatch.setattr(plugins, "sources", lambda: known)
    assert [entry.name for entry in draw("x.card", "x.jpg")] == ["from a card", "x.jpg"]
