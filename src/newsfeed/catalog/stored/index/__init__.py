"""The index of a store, from which questions are answered: derived from its rows, as of a moment.

`refresh.py` brings it up to date with the rows that changed, and with those whose time has come. Each refresh that changes
something makes a new revision, and `progress.py` knows how far it has come. What a row contributes is in
`derived_rows.py`, who wins of several in `conflict_groups.py`; the `…_tables.py` write it down.
"""
