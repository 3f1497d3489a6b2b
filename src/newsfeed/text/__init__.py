"""Leaf rules that know nothing of feeds: dates, languages, URLs, HTML, slugs, XML characters."""
