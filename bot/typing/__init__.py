"""Typed text: the grammar of commands, and lengths and times as people write them."""
