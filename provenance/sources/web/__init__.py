"""Archived pages: WARC, WACZ, MHTML and saved HTML -> pictures with what their pages say.

``archives``, ``mhtml`` and ``saved`` are the three sources. A page is read in a guarded
worker (``page``, with ``article``, ``images``, ``linked_data`` and ``published`` beside it);
``appearances`` says what the page and the record may support. What is decided, and why:
``docs/decisions/0019-archived-pages.md``.
"""
