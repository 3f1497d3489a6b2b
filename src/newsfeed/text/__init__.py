"""Rules on text that don't depend on feeds: dates, languages, URLs, HTML, slugs, XML characters."""
