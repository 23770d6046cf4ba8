"""For programs: a picture or a hash in, the contract's JSON of one look-up out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from provenance.datasette_plugin import tokens
from provenance.datasette_plugin.permissions import LOOKUP
from provenance.datasette_plugin.problems import told
from provenance.datasette_plugin.route import Record, Route
from provenance.datasette_plugin.uploads import FILE_BYTES, MIB, Form, form_of
from provenance.errors import ProvenanceError, UsageError
from provenance.models import Entry

if TYPE_CHECKING:
    from provenance.datasette_plugin.visit import Visit
    from provenance.desk import Desk


async def lookup(visit: Visit) -> Any:
    """What the archive knows of the file ``image`` or of the hash ``hash``; writes nothing."""
    from provenance.datasette_plugin.answering import as_json

    form: Form | None = None
    try:
        form = await form_of(visit.request)
        if not tokens.is_meant(visit.datasette, visit.request, form.text(tokens.FIELD)):
            return _problem(visit.say("browser.refused.token"), "token", 403)
        return await _answered(visit, form)
    except ProvenanceError as problem:
        said, advice = told(problem, visit.lang)
        return as_json({"error": said, "advice": advice, "reason": problem.reason}, 400)
    finally:
        if form is not None:
            form.close()


async def _answered(visit: Visit, form: Form) -> Any:
    from provenance.datasette_plugin.answering import as_json

    image = next((upload for upload in form.files if upload.field == "image"), None)
    if image is not None and image.too_big:
        return _problem(visit.say("browser.too_big", mib=FILE_BYTES // MIB), "too_big", 413)
    if image is not None:
        entry = Entry(image.name or "image", content=image.take())
        return as_json(await visit.work(lambda desk: _picture(desk, entry)))
    text = form.text("hash")
    if text is None:
        raise UsageError("Nothing was asked.", advice="Send a file image, or a hash.")
    return as_json(await visit.work(lambda desk: _hash(desk, text)))


def _picture(desk: Desk, entry: Entry) -> Record:
    (found,) = desk.lookup_entries([entry])
    return desk.record(found)


def _hash(desk: Desk, text: str) -> Record:
    (found,) = desk.lookup_entries([desk.hash_entry(text)])
    return desk.record(found)


def _problem(sentence: str, reason: str, status: int) -> Any:
    from provenance.datasette_plugin.answering import as_json

    return as_json({"error": sentence, "advice": None, "reason": reason}, status)


ROUTES: Final = (
    Route(
        r"/lookup",
        lookup,
        permission=LOOKUP,
        methods=("POST",),
        twin=False,
        summary="What the archive knows of a picture (multipart field image) or a hash",
    ),
)
