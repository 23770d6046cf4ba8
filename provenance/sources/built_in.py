"""The sources that ship with the program, brought in as a plug-in brings its own."""

from __future__ import annotations

from provenance.hookspecs import RegisterSource, hookimpl
from provenance.sources.auto_archiver import AutoArchiver
from provenance.sources.check_export import CheckExport
from provenance.sources.files import Files
from provenance.sources.folder import Folder
from provenance.sources.remote import Remote
from provenance.sources.shortcut import Shortcut
from provenance.sources.table import Table
from provenance.sources.telegram import Telegram
from provenance.sources.unbuilt import Unbuilt
from provenance.sources.web.archives import WebArchive
from provenance.sources.web.mhtml import Mhtml
from provenance.sources.web.saved import SavedPage
from provenance.sources.whatsapp import WhatsApp


@hookimpl
def register_sources(register: RegisterSource) -> None:
    """Register them in the order in which an argument is shown to them."""
    exports = (Telegram, WhatsApp, AutoArchiver, CheckExport)
    pages = (WebArchive, Mhtml, SavedPage)
    for source in (Remote, *exports, Folder, Table, *pages, Shortcut, Unbuilt, Files):
        register(source.name, source)
