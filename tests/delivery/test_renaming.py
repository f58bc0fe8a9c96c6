"""Whoever is erased is somebody in what is shown already."""

from __future__ import annotations

import json

import pytest

from bot.delivery.renaming import renamed


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ({"text": ["Ana"]}, {"text": ["somebody"]}),
        ({"text": ["Owner: ", {"kind": "person", "person_id": 7, "name": "Ana"}]}, {"text": ["Owner: ", "somebody"]}),
        ({"text": ["\u2068Ana\u2069"]}, {"text": ["\u2068somebody\u2069"]}),
        ({"text": ["Ben, Ana and Omar"]}, {"text": ["Ben, somebody and Omar"]}),
        ({"kind": "person", "person_id": 8, "name": "Ben"}, {"kind": "person", "person_id": 8, "name": "Ben"}),
        ({"text": ["Ana broke the search"]}, {"text": ["Ana broke the search"]}),  # of the organisation's record
        ({"label": "Anabel"}, {"label": "Anabel"}),
    ],
)
def test_a_name_that_stands_alone_becomes_another(said: object, then: object) -> None:
    """Mentions and lists, too; what people wrote stays as they wrote it."""
    assert json.loads(renamed(json.dumps(said), 7, "Ana", "somebody")) == then


def test_what_is_no_message_stays() -> None:
    """What no key opens is none."""
    assert renamed("(no key opens this)", 7, "Ana", "somebody") == "(no key opens this)"
