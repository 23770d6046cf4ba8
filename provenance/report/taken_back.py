"""What a revocation or an erasure took away, for people."""

from __future__ import annotations

from provenance.report.page import PLAIN, Look, Page
from provenance.report.record import Record
from provenance.wording import quoted


def revoked_text(record: Record, look: Look = PLAIN) -> str:
    """The collection that was taken back, and the checks that should be looked at again."""
    page = Page(look)
    page.line(
        look.label(
            "revoked_collection",
            collection=quoted(look.lang, record["collection"]),
            pictures=look.counted("pictures", record["pictures"]),
            sightings=look.counted("sightings", record["sightings"]),
        )
    )
    _checks(page, record, look, "checks_revoked")
    return page.text()


def forgotten_text(record: Record, look: Look = PLAIN) -> str:
    """What was erased, and the receipt, which is shown once and kept nowhere."""
    page = Page(look)
    page.line(_erased(record, look))
    if record["receipt"]:
        page.line(look.label("receipt", receipt=record["receipt"]))
    if not record["clean"]:
        page.line(look.label("not_clean"), fg="yellow")
    _checks(page, record, look, "others_keep" if record["check"] else "checks_erased")
    return page.text()


def _erased(record: Record, look: Look) -> str:
    if record["check"]:
        return look.label("erased_check", check=record["check"])
    what = "erased_pixels" if record["pixels_only"] else "erased"
    return look.label(what, picture=record["picture"])


def _checks(page: Page, record: Record, look: Look, key: str) -> None:
    if record["checks"]:
        page.line(look.label(key, checks=", ".join(map(str, record["checks"]))))
