"""What takes the place of what feeds can't carry: a file for each kind of thing."""
