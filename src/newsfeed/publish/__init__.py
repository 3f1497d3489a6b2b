"""Documents onto a disk or object storage: whole or not at all, only what changed, and a record of it."""
