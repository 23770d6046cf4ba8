"""Why an address was not fetched, in words, with what to do instead.

``fetch_refused`` is our own no, ``fetch_failed`` what became of an attempt.
"""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException, IncompleteRead

from provenance.errors import Unreadable, UnreadableReason
from provenance.fetch.limits import MIB

SAVE_IT = "Open it in a browser, save the picture and give the file."
CHECK_IT = "Check the address, or save the picture and give the file."
LATER = "Try again later, or save the picture and give the file."

_STATUS = {
    400: ("does not understand this address", CHECK_IT),
    401: ("wants a login", SAVE_IT),
    403: ("does not give it to this program", SAVE_IT),
    404: ("has nothing at this address", CHECK_IT),
    410: ("no longer has it", "Look for it in a web archive."),
    429: ("was asked too often", LATER),
    451: ("withholds it for legal reasons", "Look for it in a web archive."),
}
_TROUBLE = 500


def refused(message: str, advice: str) -> Unreadable:
    """Our own no: nothing was fetched."""
    return Unreadable(UnreadableReason.FETCH_REFUSED, message, advice=advice)


def failed(message: str, advice: str) -> Unreadable:
    """What became of an attempt."""
    return Unreadable(UnreadableReason.FETCH_FAILED, message, advice=advice)


def answered(status: int) -> Unreadable:
    """The server answered, and it is no picture."""
    trouble = ("has trouble of its own", LATER)
    other = trouble if status >= _TROUBLE else ("gives no picture here", SAVE_IT)
    what, advice = _STATUS.get(status, other)
    return failed(f"The site {what} (it answered {status}).", advice)


def too_big(limit: int) -> Unreadable:
    """More bytes than are taken from one address."""
    return Unreadable(
        UnreadableReason.TOO_BIG,
        f"More than {limit / MIB:.0f} MB came from this address; that is where fetching ends.",
        advice="Save the picture and give the file, or the address of a smaller copy.",
    )


def too_slow(seconds: float) -> Unreadable:
    """The time for one address is over."""
    return failed(f"This was not done after {seconds:g} seconds and was stopped.", LATER)


def broke_off() -> Unreadable:
    """Less came than was promised."""
    return failed("The connection broke off in the middle.", LATER)


@contextmanager
def told(seconds: float) -> Iterator[None]:
    """Whatever the network, TLS or HTTP complain of within, as an error of ours."""
    try:
        yield
    except TimeoutError as problem:
        raise too_slow(seconds) from problem
    except ssl.SSLCertVerificationError as problem:
        why = problem.verify_message.rstrip(".")
        raise failed(
            f"The site does not prove that it is the one you named ({why}).", SAVE_IT
        ) from problem
    except zlib.error as problem:
        raise failed("What came is packed, and damaged.", SAVE_IT) from problem
    except (ConnectionError, IncompleteRead, ssl.SSLEOFError) as problem:
        raise broke_off() from problem
    except (OSError, HTTPException, ValueError) as problem:
        raise failed("The site does not answer as the web does.", CHECK_IT) from problem
