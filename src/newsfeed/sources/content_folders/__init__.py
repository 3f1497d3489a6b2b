"""Folders of content that a site generator publishes: Hugo, Jekyll, Pelican, Eleventy. A file for each of them."""
