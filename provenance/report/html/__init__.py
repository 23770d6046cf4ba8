"""Checks as one self-contained HTML page that a journalist can read, print and send on.

The page asks nothing of the network and runs no script; its policy (CSP) forbids both.
Pictures are carried inside it, blurred and grey until the reader asks.
"""

from provenance.report.html.advice import advice
from provenance.report.html.made import Made
from provenance.report.html.page import html
from provenance.report.html.pictures import ReportImages

__all__ = ["Made", "ReportImages", "advice", "html"]
