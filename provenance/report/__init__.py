"""How answers are written: as data, as rows, as text for a terminal, as a page.

:mod:`~provenance.report.record` makes the JSON of the contract from records of the house;
everything else here is made from that JSON, so that what people read and what programs
read cannot differ. Nothing here asks the archive or decides anything.
"""
