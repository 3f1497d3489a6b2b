"""Article bodies: HTML fragments that are safe and complete wherever a feed carries them.

`cleaning.clean` is for every site, `trusted.resolve` for one that trusts its own HTML; both make addresses absolute.
`words.plain_text` returns what a person reads in a fragment, and `words.escape` goes the other way. Cleaning takes three
passes:

1. `replacing` replaces what feeds can't carry: a player with a link, a formula with its TeX (`replacements` has a file
   for each kind). It works on the source, without a tree, and safety doesn't depend on it.
2. nh3 parses the result and keeps the elements and attributes that `allowed` lists. No later pass touches markup, so
   whatever the first pass misjudged, nothing unsafe is left.
3. `addresses` makes the addresses absolute and changes nothing but their values. Unless `nesting` sees that another
   parse would give the same text, the passes run again, until nothing changes.

`losses` reports what cleaning removes or replaces, `weight` refuses what would keep a parser busy for minutes, and
`summary` makes summaries of what an article says.
"""
