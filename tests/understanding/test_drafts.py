"""Whether an update says what customers need, in which words, and how it is said better."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.incidents.decisions.checking import better_draft, check_draft, cut_draft
from bot.playbooks.training.texts import read_drafts
from bot.understanding.drafts import NOT_NEEDED, Flag, OwnWords

ISSUE, ACTION, TIME = Flag.ISSUE, Flag.ACTION, Flag.TIMEFRAME
PROCESS, BLAME, JARGON, OVERPROMISE = NOT_NEEDED

SAID = {
    "Card payments fail for some of you.": {ISSUE},
    "Please pay in cash until the card reader works again.": {ACTION},
    "We expect it to work again by 15:00.": {TIME},
    "Logins fail. We are putting the old version back; it should work by 3 pm.": {ISSUE, ACTION, TIME},
    "Your ticket was escalated and is awaiting approval.": {PROCESS},
    "The courier lost your parcel.": {ISSUE, BLAME},
    "The LDAP replica is out of sync.": {JARGON},
    "It will never happen again, we guarantee it.": {OVERPROMISE},
    "The shop was closed until 5 yesterday.": {ISSUE},
    "Some cards are declined. Bank transfer works. Next update in 45m": {ISSUE, ACTION, TIME},
    "Logins fail, and nothing works.": {ISSUE},
    "Logins fail until 25:99.": {ISSUE},
    "There is no hot water because a pipe has burst.": {ISSUE},
    "A mistake on our side meant that your bill is wrong.": {ISSUE},
    "It should be ready around four, but I cannot promise it.": {TIME},
    "Sorry for the trouble, and thank you for your patience.": set(),
    "Transfers are stuck. We are sending them again, one by one.": {ISSUE, ACTION},
    "Parcels for the north have been held up since 9:40 this morning. We are sending them by road.": {ISSUE, ACTION},
    "You can't pay.": {ISSUE},
    "The doors stay shut. Use the side gate.": {ISSUE, ACTION},  # what is asked of them stands second
    "Nobody can open the website.": {ISSUE},
    "": set(),
}

KEPT_ASIDE = Path(__file__).parent / "drafts-kept-aside"  # nothing is learned from them, nor written with them in sight

_ACTION = "[What is being done, or what they can do]."
_TIME = "Next update by [time]."


def test_a_way_round_the_trouble_is_no_talk_of_our_own_affairs() -> None:
    """That somebody else is asked instead is what is done about it."""
    assert PROCESS not in check_draft("Some cards are declined. We switch to the other provider.").flags


@pytest.mark.parametrize(("draft", "flags"), SAID.items())
def test_what_a_draft_says_is_named(draft: str, flags: set[Flag]) -> None:
    """Three things that customers need, four that they do not, and near misses of each."""
    assert check_draft(draft).flags == flags


@pytest.mark.parametrize(
    ("draft", "flag", "words"),
    [
        ("Logins fail. Back by 3 pm.", TIME, "by 3 pm"),
        ("Logins fail. The DNS zone is gone.", JARGON, "DNS"),
        ("It is fixed for good. We guarantee it.", OVERPROMISE, "guarantee"),
        ("Nothing came. Your ticket is awaiting approval.", PROCESS, "awaiting approval"),
    ],
)
def test_a_flag_points_at_its_words(draft: str, flag: Flag, words: str) -> None:
    """Whoever is warned sees which words are meant."""
    pointed = " ".join(draft[one.start : one.end] for one in check_draft(draft).found if one.flag is flag)

    assert any(word in pointed for word in words.split())


@pytest.mark.parametrize(
    ("draft", "better"),
    [
        ("Your order is late because the packers didn't bother to read the label.", "Your order is late."),
        ("Logins fail. It will definitely work by 3 pm, no doubt.", "It will work by 3 pm."),
        ("I guarantee that your flight leaves at 7.", "I expect that your flight leaves at 7."),
        ("Rest assured, we are 100% certain the money will arrive on Monday.", "We expect that the money will arrive"),
        (
            "Your parcel is stuck because customs forgot to stamp it, but you can collect it on Tuesday.",
            "Your parcel is stuck, but you can collect it on Tuesday.",
        ),
        ("It's your own fault the alarm went off.", "The alarm went off. ["),
        ("The tickets are in the queue, and the team is investigating why you can't print.", "You can't print. ["),
        ("We restarted the Tomcat pods and logins work again.", "Logins work again."),
        ("Everything works again since 9:40, and it will never happen again.", "Everything works again since 9:40."),
        ("The ticket is in the queue of L2, and you will hear from us at 4.", "You will hear from us at 4."),
    ],
)
def test_what_customers_do_not_need_is_cut(draft: str, better: str) -> None:
    """The rest of the sentence stays as it was written."""
    assert better in better_draft(draft, check_draft(draft))


@pytest.mark.parametrize(
    ("draft", "plain"),
    [
        ("We rolled back the login service.", "We took back our last change to the login service."),
        ("A hotfix is out since 14:00.", "A fix is out."),
        ("We rolled back the shop, because Dave broke it.", "We took back our last change to the shop."),
    ],
)
def test_what_is_done_is_said_in_plain_words_and_not_left_out(draft: str, plain: str) -> None:
    """Otherwise customers would read that something fails, and nothing of what is done."""
    assert cut_draft(draft) == plain


def test_what_is_missing_is_filled_in() -> None:
    """What is known of the case stands there; what is not is left to be filled in."""
    draft = "We are putting the old version back."

    better = better_draft(draft, check_draft(draft), issue="Logins fail.", time="15:00 CET")

    assert better == "Logins fail. We are putting the old version back. Next update by 15:00 CET."


@pytest.mark.parametrize("draft", ["Logins fail", "Logins fail;", "Logins fail."])
def test_what_is_filled_in_begins_after_a_full_stop(draft: str) -> None:
    """A draft typed without its end is ended before something is added."""
    assert better_draft(draft, check_draft(draft)).startswith("Logins fail. [What is being done")


def test_a_good_draft_is_left_alone() -> None:
    """Nobody is offered what they have written already."""
    draft = "Logins fail. We are putting the old version back; it should work by 3 pm."

    assert better_draft(draft, check_draft(draft)) == draft


def test_an_organisation_adds_words_of_its_own() -> None:
    """Its own jargon, and promises that nobody may make there, are pointed at like any."""
    own = OwnWords(jargon=("Phoenix",), promises=("same day",))
    draft = "Phoenix is slow. You have it the same day."

    found = check_draft(draft, own)

    assert {JARGON, OVERPROMISE} <= found.flags
    assert [draft[one.start : one.end] for one in found.found if one.flag is JARGON] == ["Phoenix"]


@given(st.text(max_size=300))
@settings(max_examples=50, deadline=None)
def test_anything_can_be_checked(draft: str) -> None:
    """Whatever is pasted, nothing is raised, and spans lie within it."""
    found = check_draft(draft)

    assert all(0 <= one.start < one.end <= len(draft) for one in found.found)
    assert isinstance(better_draft(draft, found), str)


@pytest.mark.parametrize(
    ("draft", "better"),
    [
        ("Our provider Stripe is down.", f"Our provider Stripe is down. {_ACTION} {_TIME}"),
        ("Everything is fixed.", "Everything is fixed."),
        (
            "The issue has been resolved. Logins work again since 14:05.",
            "The issue has been resolved. Logins work again since 14:05.",
        ),
        ("The shop is not fixed yet.", f"The shop is not fixed yet. {_ACTION} {_TIME}"),
        ("Logins fail. Next update at 25:00.", f"Logins fail. {_ACTION} {_TIME}"),
        ("Logins fail. Back by 3 pm.", f"Logins fail. {_ACTION} Back by 3 pm."),
        ("Die Zahlung schlägt fehl.", "Die Zahlung schlägt fehl."),
    ],
)
def test_a_true_fact_stays_and_what_is_missing_is_asked_for_where_it_belongs(draft: str, better: str) -> None:
    """What is over needs no time, and an hour that does not exist is none."""
    assert better_draft(draft, check_draft(draft)) == better


def test_to_answer_for_everything_is_too_much_of_a_promise() -> None:
    """No lawyer would sign it."""
    draft = "we are liable for all damages; we will refund everyone"

    assert Flag.OVERPROMISE in check_draft(draft).flags


@pytest.mark.parametrize(
    "draft",
    [
        "Checkout fails for some. We are fixing it, see https://status.example.com/api?dns=1. Next update by 11:00.",
        "Some cards are declined. We are fixing it, see www.example.com/vpn-help. Next update by 11:00.",
        "Nobody can pay. We are fixing it: https://status.example.com/sla/p1 has the latest. Next update by 11:00.",
        "https://shop.example.com/crm does not open. We are fixing it. Next update by 11:00.",
        "Logins fail. We are fixing it (https://status.example.com/sso). Next update by 11:00.",
    ],
)
def test_an_address_is_no_word_that_customers_do_not_know(draft: str) -> None:
    """They press it and read none of its letters: it is neither pointed at nor cut off."""
    found = check_draft(draft)

    assert found.unneeded == ()
    assert cut_draft(draft) == better_draft(draft, found) == draft


def test_what_stands_beside_an_address_is_still_read() -> None:
    """The words around it are words."""
    draft = "Logins fail. The LDAP replica is out of sync, see https://status.example.com."

    assert [draft[one.start : one.end] for one in check_draft(draft).found if one.flag is JARGON] == ["LDAP", "replica"]


def test_hands_that_nothing_was_learned_from_are_read_as_well_as_docs_say() -> None:
    """A change that makes strangers read worse is seen here, and not by them."""
    drafts = read_drafts(KEPT_ASIDE)
    wrong = sum(len(check_draft(one.draft).flags ^ one.flags) for one in drafts)

    assert len(drafts) == 98
    assert wrong <= 40  # of 686 flags; 36 when it was measured
