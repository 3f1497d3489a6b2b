"""Every feed of a newsroom."""
