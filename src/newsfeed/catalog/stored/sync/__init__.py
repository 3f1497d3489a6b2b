"""Syncing a store with a newsroom's files and other sources: what changed is put, what vanished is removed, within limits."""
