"""Documents onto a disk or a store: whole or not at all, only what changed, and a record of it."""
