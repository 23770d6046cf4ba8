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
    _rejudged(page, record["rejudged"], look)
    return page.text()


def _rejudged(page: Page, rejudged: list[Record], look: Look) -> None:
    """Every check that rested on it, with what is found now; first those that changed."""
    if not rejudged:
        return
    changed = [each for each in rejudged if each["changed"]]
    counts = {"checks": look.counted("checks", len(rejudged)), "changed": len(changed)}
    page.line(look.label("rejudged", **counts))
    for each in changed:
        page.line(look.label("check_of", check=each["check"], name=each["name"]), 1, bold=True)
        page.line(look.label("found_before", sentence=each["before"]["sentence"]), 2)
        page.line(look.label("found_now", sentence=each["after"]["sentence"]), 2)
    same = [str(each["check"]) for each in rejudged if not each["changed"]]
    if same:
        page.line(look.label("found_the_same", checks=", ".join(same)), 1)


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
