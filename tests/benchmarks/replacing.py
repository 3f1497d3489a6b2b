"""Put files into their place, whole."""

from pathlib import Path

__all__ = ["put"]


def put(place: Path, document: bytes) -> None:
    """Write a file beside its place, and rename it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_suffix(f"{place.suffix}.part")
    beside.write_bytes(document)
    beside.replace(place)
