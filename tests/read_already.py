"""Reads everything that a server reads at its start, for processes that are made out of this one."""

from __future__ import annotations

import adapters.slack.serve
import adapters.teams.opening
import bot.__main__
import bot.run.serve
from bot.compose import build_domains, build_grammar, read_bookcase
from bot.run.serve import keep_what_is_there
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.store.schema import revisions
from bot.understanding.ready import get_ready

SERVERS = (adapters.slack.serve, adapters.teams.opening, bot.run.serve, bot.__main__)

_bookcase = read_bookcase(SHIPPED_PLAYBOOKS)
build_grammar(_bookcase.books.catalogue, build_domains(_bookcase))
revisions()
get_ready()
keep_what_is_there()
