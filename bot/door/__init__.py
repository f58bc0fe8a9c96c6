"""What any chat does when somebody types, presses, submits, opens Home, renames.

A platform brings a guard (`guard`), what it reads (`wanted`), how a reply arrives there, a `Pen` and a `Writer`, whom
to ask who is there (`presence`), its table of refusals (`verdicts`) and whom it tells of them (`troubles`). It keeps to
this: bytes are verified before they are read; an act sent again has the same key (`Origin.key`); words of people are
escaped once, by the writer; what must arrive goes by cards and notices; only what people can mend is a trouble.
"""
