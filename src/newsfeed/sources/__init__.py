"""Where articles come from: newsroom.toml, files, rows. `kinds.py` has a row for each kind of file."""
