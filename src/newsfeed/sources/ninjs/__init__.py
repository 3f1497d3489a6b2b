"""Articles from ninjs, the news industry's JSON (iptc.org/std/ninjs), versions 1.x, 2.x and 3.x."""
