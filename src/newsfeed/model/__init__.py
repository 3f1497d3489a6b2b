"""The records of a newsroom, frozen, typed and always valid."""
