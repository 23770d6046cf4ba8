"""What people read on a terminal: a function per command, record in, text out."""

from __future__ import annotations

from provenance.report.account import account_text
from provenance.report.answers import added_text, check_text, lookup_text
from provenance.report.outlook import outlook_text
from provenance.report.page import PLAIN, Look
from provenance.report.reviewed import reviewed_text
from provenance.report.shelf import list_text, picture_text, status_text
from provenance.report.taken_back import forgotten_text, revoked_text

__all__ = [
    "PLAIN",
    "Look",
    "account_text",
    "added_text",
    "check_text",
    "forgotten_text",
    "list_text",
    "lookup_text",
    "outlook_text",
    "picture_text",
    "reviewed_text",
    "revoked_text",
    "status_text",
]
