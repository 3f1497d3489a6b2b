"""Articles are taken in one by one: offered to the feeds that they belong to, counted, and let go.

What is kept grows with what the feeds carry. Of every other article two hashes are kept, in fewer than 16 bytes, so
that two with one id, two editions of a story in one language, and translations are still found (`census.py`).
"""
