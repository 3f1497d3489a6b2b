"""Feeds as sources: RSS and Atom through feedparser (the extra `feed`), and JSON Feed."""
