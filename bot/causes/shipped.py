"""The causes a team starts with: what customers are most often upset about, and who can mend it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.say.language import N_


@dataclass(frozen=True, kw_only=True)
class Shipped:
    """One cause of ours."""

    name: str
    department: str
    hints: str  # words, or beginnings of words, that speak for it


NONE = Shipped(name="", department="", hints="")

SHIPPED: dict[str, Shipped] = {
    "bill": Shipped(
        name=N_("Wrong bill or charge"),
        department=N_("Billing"),
        hints=N_(
            "bill, invoice, charge, refund, price, fee, payment, subscription, overcharg, credit card, double, "
            "receipt, debit, vat, tax, voucher, discount"
        ),
    ),
    "late": Shipped(
        name=N_("Late or lost delivery"),
        department=N_("Logistics"),
        hints=N_(
            "deliver, parcel, package, shipment, shipping, courier, arrive, lost, late, tracking, order, "
            "warehouse, dispatch, driver, shipped, never came, turn up"
        ),
    ),
    "broken": Shipped(
        name=N_("Doesn't work as it should"),
        department=N_("Product"),
        hints=N_(
            "broken, breaks, bug, crash, fault, defect, error, damaged, doesnt work, stopped working, wrong item, "
            "freez, frozen, torn, crack, leak, scratch, glitch, comes off, came off, wrong size, wrong colour, "
            "wrong color, drain, rejected"
        ),
    ),
    "outage": Shipped(
        name=N_("Outage or slow service"),
        department=N_("Operations"),
        hints=N_(
            "outage, down, slow, fail, offline, unavailable, timeout, unreachable, maintenance, degraded, "
            "times out, no signal, no internet, dial tone, no results, router, server, api, drops, disconnect"
        ),
    ),
    "access": Shipped(
        name=N_("Can't get into the account"),
        department=N_("Accounts"),
        hints=N_("login, log in, sign in, password, locked, account, access, verification, code"),
    ),
    "wait": Shipped(
        name=N_("Waited too long for us"),
        department=N_("Support planning"),
        hints=N_(
            "wait, queue, on hold, no answer, nobody called, called back, callback, no reply, days ago, "
            "nobody answers, nobody rang, rang back, ring back, unanswered, called twice, three times"
        ),
    ),
    "promise": Shipped(
        name=N_("We didn't keep our word"),
        department=N_("Sales"),
        hints=N_("promis, told me, was told, guarantee, advert, agreed, contract, salesperson"),
    ),
    "unclear": Shipped(
        name=N_("Not explained well"),
        department=N_("Documentation"),
        hints=N_("unclear, confus, instruction, manual, explain, understand, website, small print, misleading"),
    ),
    "rule": Shipped(
        name=N_("A rule of ours gets in the way"),
        department=N_("Operations"),
        hints=N_("policy, rule, terms, return window, not allowed, refuse, exception, cancel"),
    ),
}
