"""What ``add --dry-run`` says: how many pictures, dated by what, and what that may support."""

from __future__ import annotations

from provenance.models import Grade, Outlook, Strength
from provenance.report.page import PLAIN, Look, Page
from provenance.wording import counted, message


def outlook_text(outlook: Outlook, look: Look = PLAIN) -> str:
    """Grades from the best origin of a date to none, ten examples of each."""
    page = Page(look)
    page.line(counted(look.lang, "outlook.pictures", outlook.pictures), bold=True)
    for grade in outlook.grades:
        page.gap()
        _say_grade(page, grade, look)
    page.gap()
    if outlook.disagreeing:
        page.line(counted(look.lang, "outlook.disagreeing", outlook.disagreeing))
    if outlook.refused:
        page.line(counted(look.lang, "outlook.refused", outlook.refused))
    return page.text()


def _graded(grade: Grade, look: Look) -> str:
    by = message(look.lang, f"outlook.by.{grade.by}")
    return message(look.lang, "outlook.graded", count=look.number(grade.count), graded=by)


def _say_grade(page: Page, grade: Grade, look: Look) -> None:
    page.line(_graded(grade, look), 1)
    for support in (*(strength.value for strength in Strength), "open"):
        if count := grade.may.get(support):
            shown = look.number(count)
            page.line(message(look.lang, f"outlook.may.{support}", count=shown), 2)
    if not grade.may:
        page.line(message(look.lang, "outlook.may.nothing"), 2)
    for example in grade.examples:
        named = message(look.lang, "outlook.example", name=example.name, date=example.date)
        page.line(named if example.date else example.name, 3, dim=True)
    if grade.count > len(grade.examples):
        more = look.number(grade.count - len(grade.examples))
        page.line(message(look.lang, "outlook.more", count=more), 3, dim=True)
