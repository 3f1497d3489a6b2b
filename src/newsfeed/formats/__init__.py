"""From articles to entries to bytes: one file for each format.

`entries.py` makes the entry of an article. `renderer.py` keeps entries and what was rendered of them. The row of a format
(`newsfeed.model.formats`) names the function that writes it.
"""
