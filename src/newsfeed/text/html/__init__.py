"""Article bodies: HTML fragments that are safe and complete wherever a feed carries them.

`clean` is for every site, `resolve` for one that trusts its own HTML; both make addresses absolute. `plain_text` returns
what a person reads in a fragment, and `escape` goes the other way. Cleaning takes three passes:

1. `replacing` puts something that feeds carry in the place of what they don't: a link for a player, TeX for a formula
   (`replacements` has a file for each kind). It works on the source, without a tree, and nothing relies on its care.
2. nh3 parses the result and keeps the elements and attributes that `allowed` lists. This parse comes last of all that
   touches markup: whatever the first pass misjudged, nothing unsafe is left, and nothing is put together afterwards.
3. `addresses` makes the addresses absolute; only values change. Where `nesting` can't see that another parse would
   give the same text, all passes run again, until nothing changes.

`losses` reports what cleaning takes away or replaces, `weight` refuses what would keep a parser busy for minutes, and
`summary` makes summaries of what an article says.
"""
