"""What is live of a site as of a moment, and the questions that everything below the sources asks of it.

`catalog.py` says what a catalog answers. `read_catalog.py` is one that reads the sources: articles pass one by one,
are offered to the feeds that they belong to, counted, and let go. What is kept grows with what the feeds carry; of
every other article two hashes are kept, in fewer than 16 bytes (`seen_keys.py`), so that two with one id, two editions
of a story in one language, and translations are still found.
"""
