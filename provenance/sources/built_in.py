"""The sources that ship with the program, brought in as a plug-in brings its own."""

from __future__ import annotations

from provenance.hookspecs import RegisterSource, hookimpl
from provenance.sources.files import Files
from provenance.sources.folder import Folder
from provenance.sources.remote import Remote
from provenance.sources.table import Table
from provenance.sources.unbuilt import Unbuilt
from provenance.sources.web.archives import WebArchive
from provenance.sources.web.mhtml import Mhtml
from provenance.sources.web.saved import SavedPage


@hookimpl
def register_sources(register: RegisterSource) -> None:
    """Register them in the order in which an argument is shown to them."""
    for source in (Remote, Folder, Table, WebArchive, Mhtml, SavedPage, Unbuilt, Files):
        register(source.name, source)
