"""What pytest imports for doctests alone must be there: peers are imported by the tests, as far as they are installed."""

collect_ignore_glob = ["peers/*"]
