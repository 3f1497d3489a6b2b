"""Answers by the index of a store: the third home of the catalog.

`opening.py` refreshes the index and opens a snapshot of it; `catalog.py` is the catalog, with a file for each kind of
question beside it.
"""
