"""What the guard lets in, and what it answers everything else."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.guard import LARGEST, MOST_FIELDS, OLDEST, Verified, examine, guarded
from bot.door.guard import Answered
from tests.adapters.slack_payloads import NOW, SECRET, Wire, body_of, command, recorded, signature, signed
from tests.examples import tried

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

FORM = {"content-type": "application/x-www-form-urlencoded"}
JSON = {"content-type": "application/json"}


def look(wire: Wire, **headers: str) -> Verified | Answered:
    return examine(wire[0], wire[1] | headers, secret=SECRET, now=NOW)


def status(found: Verified | Answered) -> int:
    return found.status if isinstance(found, Answered) else 200


def with_signature(raw: bytes, headers: dict[str, str]) -> Wire:
    return raw, headers | signature(raw)


@pytest.mark.parametrize("kind", recorded())
def test_what_slack_signed_is_let_in_with_its_digest(kind: str) -> None:
    """Every kind of payload comes through whole, under the digest of its bytes."""
    payload = recorded()[kind]
    raw, headers = signed(payload)
    found = examine(raw, headers, secret=SECRET, now=NOW)

    assert isinstance(found, Verified)
    assert found.digest == hashlib.sha256(raw).hexdigest()
    assert found.payload | {"type": payload.get("type", "slash_command")} == found.payload
    assert found.payload | payload == found.payload


def test_the_signature_is_the_one_slack_documents() -> None:
    """The example of Slack's own documentation holds, so we agree with Slack and not only with ourselves."""
    secret, seconds = "8f742231b10e8888abcd99yyyzzz85a5", 1531420618
    raw = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    headers = FORM | {
        "x-slack-request-timestamp": str(seconds),
        "x-slack-signature": "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
    }

    assert isinstance(examine(raw, headers, secret=secret, now=seconds), Verified)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"x-slack-signature": ""}, 401),
        ({"x-slack-signature": "v0=" + "0" * 64}, 401),
        ({"x-slack-signature": "v0=é" + "0" * 63}, 401),
        ({"x-slack-signature": "v0=\udcff"}, 401),
        ({"x-slack-request-timestamp": ""}, 401),
        ({"x-slack-request-timestamp": "soon"}, 401),
        ({"x-slack-request-timestamp": "-1"}, 401),
        ({"x-slack-request-timestamp": "١٧٩٥٦٠٠٠٠٠"}, 401),
        ({"x-slack-request-timestamp": "9" * 400}, 401),
        ({"x-slack-request-timestamp": f"{NOW} "}, 401),
        ({"x-slack-request-timestamp": str(NOW + 1)}, 401),
        ({"content-type": "text/plain"}, 400),
        ({"content-type": ""}, 400),
        ({"content-type": "application/x-www-form-urlencoded; charset=utf-16"}, 400),
        ({"content-type": "application/x-www-form-urlencoded; charset=UTF-8"}, 200),
        ({"content-type": "application/json"}, 400),
        ({"content-encoding": "gzip"}, 400),
        ({"content-encoding": "identity"}, 200),
    ],
)
def test_headers_that_are_wrong(changed: dict[str, str], expected: int) -> None:
    """A request whose headers do not hold is refused, by 401 before its signature holds and by 400 after."""
    assert status(look(signed(command("/calm")), **changed)) == expected


@pytest.mark.parametrize(
    ("age", "expected"), [(0, 200), (OLDEST, 200), (OLDEST + 1, 401), (-OLDEST, 200), (-OLDEST - 1, 401)]
)
def test_a_signature_holds_five_minutes_both_ways(age: int, expected: int) -> None:
    """Neither an old request nor one from the future is let in."""
    assert status(look(signed(command("/calm"), at=NOW - age))) == expected


def test_another_secret_is_not_ours() -> None:
    """A request signed with another secret is refused."""
    assert status(look(signed(command("/calm"), secret="another signing secret"))) == 401


def test_one_changed_byte_breaks_the_signature() -> None:
    """Nothing of a body can be changed on the way."""
    raw, headers = signed(command("/calm"))
    for place in range(0, len(raw), 7):
        changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        assert status(look((changed, headers))) == 401, place


@pytest.mark.parametrize(
    ("raw", "headers"),
    [
        (b"", FORM),
        (b"", JSON),
        (b"hello", FORM),
        (b"text=hello", FORM),
        (b"command=/calm&command=/recuse", FORM),
        (b"command=%ff", FORM),
        (b"command=\xff", FORM),
        (b"&".join(b"f%d=1" % number for number in range(MOST_FIELDS + 1)), FORM),
        (b"payload=", FORM),
        (b"payload=[]", FORM),
        (b"payload=null", FORM),
        (b'payload={"type": NaN}', FORM),
        (b'payload={"type":"\\ud800"}', FORM),
        (b"{", JSON),
        (b"[]", JSON),
        (b'"event_callback"', JSON),
        (b'{"a": Infinity}', JSON),
        (b'{"a": "\\udc00"}', JSON),
        (b'{"a": "\xff"}', JSON),
        (b'{"a": ' + b"9" * 5000 + b"}", JSON),
        (b"[" * 100_000, JSON),
        (b'{"a":' * 100_000, JSON),
        (b'{"type": "url_verification"}', JSON),
        (b'{"type": "url_verification", "challenge": 1}', JSON),
    ],
)
def test_bodies_that_are_none(raw: bytes, headers: dict[str, str]) -> None:
    """A body in no shape of Slack's gets 400 though it is signed, and 401 while it is not."""
    assert status(look(with_signature(raw, headers))) == 400
    assert status(look((raw, headers))) == 401


def test_a_body_past_the_cap_is_refused_unread() -> None:
    """One byte more than a megabyte is refused, and a megabyte is not."""
    largest = b"command=%2Fcalm&text=".ljust(LARGEST, b"a")

    assert status(look(with_signature(largest, FORM))) == 200
    assert status(look(with_signature(largest + b"a", FORM))) == 413


def test_slack_may_look_at_our_certificate() -> None:
    """The check of the certificate is answered with 200 and nothing else, whoever asks."""
    assert look((b"ssl_check=1&token=x", FORM)) == Answered(200)


def test_slack_may_verify_our_address() -> None:
    """The challenge comes back, to Slack alone."""
    payload = {"type": "url_verification", "challenge": "3eZbrw1a", "token": "x"}

    assert look(signed(payload)) == Answered(200, {"challenge": "3eZbrw1a"})
    assert status(look(body_of(payload))) == 401


def the_signature_holds(raw: bytes, headers: dict[str, str]) -> bool:
    """Say so independently of the guard."""
    seconds = headers.get("x-slack-request-timestamp", "")
    if not (seconds.isascii() and seconds.isdigit()):
        return False
    base = f"v0:{seconds}:".encode() + raw
    expected = "v0=" + hmac.new(SECRET.encode(), base, hashlib.sha256).hexdigest()
    return headers.get("x-slack-signature") == expected and abs(NOW - int(seconds)) <= OLDEST


def check_any(raw: bytes, headers: dict[str, str]) -> bool:
    """Look at one request, whatever it is; say whether it was let in."""
    found = examine(raw, headers, secret=SECRET, now=NOW)
    if isinstance(found, Verified):
        assert the_signature_holds(raw, headers)
        return True
    assert found.status < 500
    assert found.status in (400, 401, 413) or found == Answered(200) or the_signature_holds(raw, headers)
    return False


def mutate(wire: Wire, chance: random.Random) -> Wire:
    """Spoil a request in one or more ways; now and then sign it all the same."""
    raw, headers = bytearray(wire[0]), dict(wire[1])
    for _time in range(chance.randint(1, 4)):
        where = chance.randrange(len(raw) + 1)
        match chance.randrange(6):
            case 0:
                raw[where : where + 1] = bytes([chance.randrange(256)])
            case 1:
                del raw[where : where + chance.randint(1, 40)]
            case 2:
                raw[where:where] = chance.choice(
                    [b"%ff", b"\\ud800", b'"', b"{", b"[", b"&", b"=", b"null", b"1e999", b"\0"]
                )
            case 3:
                raw += raw[where:]
            case 4:
                name = chance.choice([*headers, "content-encoding"])
                headers[name] = chance.choice(["", "v0=", "gzip", "text/html", "é", str(NOW - 301), "application/json"])
            case _:
                headers.pop(chance.choice(list(headers)), None) if headers else None
    body = bytes(raw)
    if chance.random() < 0.5:
        headers |= signature(body)
    return body, headers


def play(cases: int, seed: int) -> int:
    """Look at valid and spoilt requests, one in ten valid; return how many were let in."""
    chance = random.Random(seed)  # noqa: S311  to play, not to hide
    wires, let_in = [signed(one) for one in recorded().values()], 0
    for number in range(cases):
        wire = chance.choice(wires)
        valid = number % 10 == 0
        entered = check_any(*(wire if valid else mutate(wire, chance)))
        assert entered or not valid
        let_in += entered
    return let_in


def test_spoilt_requests_are_refused_and_valid_ones_are_not() -> None:
    """Whatever is changed in recorded requests, none does any work unsigned, and none breaks the guard."""
    assert play(3000, seed=1) >= 300


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_very_many_spoilt_requests_are_refused(seed: int) -> None:
    """The same over enough requests to find what is rare."""
    assert play(25_000, seed=100 + seed) >= 2500


headers_of_any_kind = st.dictionaries(
    st.sampled_from(["content-type", "content-encoding", "x-slack-signature", "x-slack-request-timestamp"]),
    st.one_of(st.text(max_size=80), st.sampled_from([*FORM.values(), *JSON.values(), str(NOW)])),
)


@given(st.binary(max_size=400), headers_of_any_kind, st.booleans())
@tried(200)
def test_any_bytes_at_all_get_an_answer(raw: bytes, headers: dict[str, str], sign_it: bool) -> None:
    """No bytes and no headers break the guard, signed or not."""
    check_any(raw, headers | (signature(raw) if sign_it else {}))


json_of_any_kind = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@given(json_of_any_kind)
@tried(200)
def test_any_json_gets_an_answer(found: Any) -> None:
    """Signed JSON of any shape is either an object let in, or refused."""
    raw = json.dumps(found).encode()
    examined = examine(raw, JSON | signature(raw), secret=SECRET, now=NOW)

    assert isinstance(examined, Verified) or examined.status in (200, 400)


# --- on the wire ----------------------------------------------------------------------------------


@pytest.fixture
async def door() -> AsyncIterator[tuple[TestClient[Any, Any], list[Verified]]]:
    """A server behind the guard, and what it let in."""
    entered: list[Verified] = []

    async def let_in(found: Verified) -> Answered:
        entered.append(found)
        return Answered(200, {"text": "worked"})

    app = web.Application()
    app.router.add_post("/slack/events", guarded(SECRET, lambda: NOW, let_in))
    async with TestClient(TestServer(app)) as client:
        yield client, entered


async def test_a_signed_request_gets_through_the_wire(door: tuple[TestClient[Any, Any], list[Verified]]) -> None:
    """What Slack sends reaches the program."""
    client, entered = door
    raw, headers = signed(command("/calm"))
    answer = await client.post("/slack/events", data=raw, headers=headers)

    assert (answer.status, await answer.json()) == (200, {"text": "worked"})
    assert entered[0].payload["command"] == "/calm"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [({"content-encoding": "gzip"}, 400), ({"content-encoding": "deflate"}, 400), ({"content-length": "9999999"}, 413)],
)
async def test_what_need_not_be_read_is_not_read(
    door: tuple[TestClient[Any, Any], list[Verified]], headers: dict[str, str], expected: int
) -> None:
    """A packed body is not unpacked, and one announced too long is not taken."""
    client, entered = door
    wire = b"\r\n".join(
        [b"POST /slack/events HTTP/1.1", b"host: here", b"content-type: application/json"]
        + [f"{name}: {value}".encode() for name, value in ({"content-length": "4"} | headers).items()]
        + [b"", b"oops"]
    )
    answer = await _raw_exchange(client, wire)

    assert answer.startswith(f"HTTP/1.1 {expected} ".encode())
    assert entered == []


async def test_a_body_without_a_length_is_cut_off_at_the_cap(
    door: tuple[TestClient[Any, Any], list[Verified]],
) -> None:
    """Whoever announces no length is stopped where the cap is."""
    client, entered = door

    async def endless() -> AsyncIterator[bytes]:
        for _piece in range(20):
            yield b"a" * 65_536

    answer = await client.post("/slack/events", data=endless(), headers=FORM)

    assert answer.status == 413
    assert entered == []


async def test_a_body_whose_pieces_are_broken_is_refused(door: tuple[TestClient[Any, Any], list[Verified]]) -> None:
    """Pieces that are none get a plain refusal."""
    client, entered = door
    wire = (
        b"POST /slack/events HTTP/1.1\r\nhost: here\r\ncontent-type: application/json\r\n"
        b"transfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n"
    )
    answer = await _raw_exchange(client, wire)

    assert answer.split()[1] == b"400"
    assert entered == []


async def _raw_exchange(client: TestClient[Any, Any], wire: bytes) -> bytes:
    reader, writer = await asyncio.open_connection(client.server.host, client.server.port)
    writer.write(wire)
    await writer.drain()
    answer = await reader.readline()
    writer.close()
    await writer.wait_closed()
    return answer
