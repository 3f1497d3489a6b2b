"""Bridges to frameworks. Each is optional, needs its framework, and is imported by its own name."""
