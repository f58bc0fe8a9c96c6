"""The sentences around an organisation's own rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playbooks.catalogue import Playbook, Step
from bot.playbooks.commands import SaveRule, StartRun, WriteRule
from bot.playbooks.model import HouseRule
from bot.say.language import N_, _
from bot.say.messages import Choice, Form, Input, Message, Part, Section, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LONGEST_RULE = 300
_EXAMPLES: Mapping[str, str] = {  # by the playbook that asks
    "tell-the-customer": N_("Such as: Yes, within a day, as soon as money or data is concerned. Ask Legal first."),
    "own-and-apologise": N_("Such as: The shift lead, once the cause is known. Until then: “I'm finding out.”"),
}


def rules(playbooks: Sequence[Playbook], written: Mapping[str, HouseRule]) -> Message:
    """Show every place for a rule, and what stands there."""
    parts: list[Part] = []
    for one in playbooks:
        rule = written.get(one.id)
        has_one = rule is not None and bool(rule.text)
        line = text(_("**{title}**: {question}"), title=one.title, question=_question(one))
        parts.append(Section(text=line))
        if rule is not None and has_one:
            parts.append(Section(text=(rule.text,)))
        label = _("Change") if has_one else _("Write it")
        parts.append(Choice(buttons=(WriteRule(playbook=one.id).button(label),)))
    if not playbooks:
        parts.append(Section(text=(_("None of your playbooks asks for a rule."),), tone="quiet"))
    return Message.of(_("Rules of your own"), *parts)


def rule_form(playbook: Playbook, rule: HouseRule | None) -> Form:
    """Ask for the rule of a playbook."""
    return Form(
        title=_("A rule of your own"),
        command=SaveRule.called(),
        fields={"playbook": playbook.id, "version": str(rule.version if rule is not None else 0)},
        intro=(_("Agents see it in the playbook, at the step it's about. Empty: no rule."),),
        inputs=(
            Input(
                name="text",
                label=_question(playbook)[:75],
                kind="lines",
                value=rule.text if rule is not None else "",
                hint=_(example) if (example := _EXAMPLES.get(playbook.id)) else "",
                required=False,
                max_length=LONGEST_RULE,
            ),
        ),
        submit=_("Save"),
    )


def saved(playbook: Playbook, rule: HouseRule) -> Message:
    """Confirm it, as agents will read it."""
    done = _("Saved. Your agents see it from now on:") if rule.text else _("Removed. The step says nothing of yours.")
    again = WriteRule(playbook=playbook.id).button(_("Change"))
    return Message.of(
        playbook.title,
        Section(text=(done,), tone="good"),
        *rule_parts(playbook.rule_step, rule),
        Choice(buttons=(StartRun(playbook=playbook.id).button(_("Try it"), "primary"), again)),
    )


def rule_parts(step: Step | None, rule: HouseRule | None) -> list[Part]:
    """Write the organisation's rule into a step; without one, say where it would go."""
    if step is None or not step.rule:
        return []
    if rule is not None and rule.text:
        line = text(_("**{question}** Your team's rule: {rule}"), question=step.rule, rule=rule.text)
        return [Section(text=line)]
    return [
        Section(text=text(_("No rule of your team yet. Supervisors write one with `/zanshin rule`.")), tone="quiet")
    ]


def _question(playbook: Playbook) -> str:
    return playbook.rule_step.rule if playbook.rule_step is not None else ""
