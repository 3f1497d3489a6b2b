"""Syncing a store with a newsroom's files: what changed in them is put, and what vanished is removed, within limits."""
