"""The records of a newsroom, and what must always hold of them: frozen, typed, checked wherever they are made."""
