"""The wordings we ship: whole, findable, short, plain, and honest when there is no news."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.incidents.commands import AskForUpdate, AskToResolve
from bot.incidents.updates.wordings import GENERAL, Sentences, Wording, load_wordings
from bot.say.messages import Blank, plain
from bot.say.replies import OpenForm
from bot.store.content import PLACEHOLDERS, SHIPPED_PLAYBOOKS, fill, gaps

if TYPE_CHECKING:
    from bot.directory.actors import Origin
    from bot.say.messages import Form
    from bot.typing.command import Command
    from tests.stage import FakeStage

SHIPPED = load_wordings(SHIPPED_PLAYBOOKS)
FITS_EVERYWHERE = 1000  # characters of a hint
UNWANTED = re.compile(
    r"\b(as soon as possible|asap|soon|shortly|in due course|escalat\w+|ticket has been|investigat\w+|inconvenience"
    r"|guarantee\w*|never again|definitely|fault of|vendor|incident|outage|server|database|deploy\w*|rollback)\b",
    re.IGNORECASE,
)
MOMENTS = tuple(Sentences.model_fields)
KINDS = pytest.mark.parametrize("wording", SHIPPED.kinds.values(), ids=lambda one: one.id)


def said(wording: Sentences) -> list[str]:
    return [sentence for moment in MOMENTS for sentence in getattr(wording, moment)]


def test_everything_shipped_can_be_read() -> None:
    """No file of ours has a problem, and the kinds support teams meet are there."""
    assert SHIPPED.problems == ()
    assert len(SHIPPED.kinds) >= 14
    assert GENERAL in SHIPPED.kinds


@KINDS
def test_a_shipped_wording_is_whole(wording: Wording) -> None:
    """It has words to be found by, a source, notes, and enough to choose from at each moment."""
    assert 10 <= len(wording.words) <= 30 or wording.id == GENERAL
    assert len({word.lower() for word in wording.words}) == len(wording.words)
    assert wording.notes
    assert "Customer Service Tip of the Week, 2018" in wording.source.credit
    assert [len(getattr(wording, moment)) for moment in MOMENTS] >= [2, 2, 2, 1]
    assert len(wording.notice) <= 4
    assert len(wording.doing) <= 4
    assert len(wording.no_change) <= 3
    assert len(wording.solved) <= 2


@KINDS
def test_every_word_of_a_kind_leads_to_it(wording: Wording) -> None:
    """A title of nothing but one of its words finds this kind."""
    for word in wording.words:
        found = SHIPPED.fitting(word)
        assert found is not None
        assert found.id == wording.id, word


@KINDS
def test_every_gap_can_be_filled(wording: Wording) -> None:
    """Each gap has a name for people, and nothing of a brace is left over once it is filled."""
    for sentence in said(wording):
        filled = sentence.format(**dict.fromkeys(PLACEHOLDERS, "x"))
        names = [span.name for span in fill(sentence) if isinstance(span, Blank)]
        assert not re.search(r"[{}]", filled), sentence
        assert names == [PLACEHOLDERS[gap] for gap in gaps(sentence)]


@KINDS
def test_sentences_are_short_plain_and_kind(wording: Wording) -> None:
    """They are short, never begin with a gap, and neither shout, blame, put off, nor promise too much."""
    for sentence in said(wording):
        assert len(sentence) <= 300
        assert "!" not in sentence
        assert not re.search(r"(^|[.?] )\{", sentence), sentence
        assert not UNWANTED.search(sentence), sentence


@KINDS
def test_no_news_still_says_something_true(wording: Wording) -> None:
    """An update without news says when the next one comes, and one of them can be sent as it stands."""
    for sentence in wording.no_change:
        assert "next_update" in gaps(sentence)
    assert any(gaps(sentence) == ["next_update"] for sentence in wording.no_change)


@KINDS
def test_the_last_word_says_what_was_wrong_and_what_it_touched(wording: Wording) -> None:
    """One can be sent as it stands, another names the cause and what it touched; nobody is left without a way on."""
    assert any(gaps(sentence) == [] for sentence in wording.solved)
    named = [sentence for sentence in wording.solved if "cause" in gaps(sentence)]
    assert all({"fact", "contact"} & set(gaps(sentence)) for sentence in named)
    assert named


def test_no_sentence_is_said_twice() -> None:
    """Each kind of incident has words of its own."""
    sentences = [sentence for wording in SHIPPED.kinds.values() for sentence in said(wording)]

    assert len(sentences) == len(set(sentences))


async def test_everything_prepared_reaches_a_form(stage: FakeStage) -> None:
    """Each sentence, and each duty, stands whole in a form that an incident of its kind opens."""
    seen = 0
    for number, wording in enumerate(SHIPPED.kinds.values(), 1):
        title = "Zzyzx" if wording.id == GENERAL else wording.words[0]
        await stage.program.dispatch.say(f"/incident open sev2 {title}", asking(stage, number, 0))
        commands = (
            AskForUpdate(number=number),
            AskForUpdate(number=number, no_change=True),
            AskToResolve(number=number),
        )
        forms = [await form_of(stage, one, number) for one in commands]
        for form in forms:
            assert all(duty in plain(form.intro) for duty in wording.duties), wording.id
            assert all(len(question.hint) <= FITS_EVERYWHERE for question in form.inputs), wording.id
        hints = "\n".join(question.hint for form in forms for question in form.inputs)
        assert [sentence for sentence in said(wording) if not shape_of(sentence).search(hints)] == [], wording.id
        seen += len(said(wording))

    assert seen >= 229


def shape_of(sentence: str) -> re.Pattern[str]:
    """Read a sentence whatever stands in its gaps: what is known of the case is filled in."""
    return re.compile(".+".join(re.escape(piece) for piece in re.split(r"\{\w+\}", sentence)))


async def form_of(stage: FakeStage, command: Command, number: int) -> Form:
    reply = await stage.program.dispatch.carry_out(command, asking(stage, number, 1))
    assert isinstance(reply, OpenForm), reply
    return reply.form


def asking(stage: FakeStage, number: int, turn: int) -> Origin:
    return stage.origin("omar", "incidents", f"prepared-{number:04}-{turn}")


def test_what_the_law_asks_is_said_where_customers_are_written_to() -> None:
    """The duty to tell an authority within 72 hours, and that of a product that harms people, are duties."""
    assert "72 hours" in " ".join(SHIPPED.duties("Data breach"))
    assert "legal duty" in " ".join(SHIPPED.duties("The battery overheats, a recall"))
    assert SHIPPED.duties("Card payments fail") == ()
