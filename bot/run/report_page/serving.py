"""`GET /report/…`: whoever holds a link of today reads that report; anything else gets a page that says what to do."""

from __future__ import annotations

import asyncio
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog
from aiohttp import web

from bot.directory.actors import Actor
from bot.directory.model import Organisation
from bot.errors import DatabaseAway, Refusal
from bot.insights.building import build_report
from bot.insights.links import PATH, PURPOSE, LinkBroken, LinkExpired, read_pass
from bot.insights.period import period_of
from bot.run.report_page.page import headers, render_refusal, render_report
from bot.say.language import _, speaking
from bot.store.database import digest
from bot.work.dispatch import or_reference
from bot.work.work import Work

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.compose import Program
    from bot.insights.values import Report

log = structlog.get_logger()


def report_routes(program: Program) -> list[web.RouteDef]:
    """List the routes of the page."""
    return [web.get(PATH + "{token}", ReportPage(program).show)]


class ReportPage:
    """Shows reports to browsers."""

    def __init__(self, program: Program) -> None:
        self._program = program

    async def show(self, request: web.Request) -> web.Response:
        """Show the report a link names."""
        try:
            html = await or_reference(self._written(request.match_info["token"]), LinkBroken, LinkExpired)
        except LinkExpired:
            return _refused(
                HTTPStatus.GONE,
                _("This link is over."),
                _("It opened the report for 24 hours. Type /zanshin report for a new one."),
            )
        except LinkBroken:
            return _refused(
                HTTPStatus.NOT_FOUND,
                _("This link opens nothing."),
                _("It may have been cut on its way. Copy all of it, or type /zanshin report for a new one."),
            )
        except Refusal as refusal:
            return _refused(HTTPStatus.NOT_FOUND, refusal.what, f"{refusal.why} {refusal.hint}")
        except DatabaseAway:
            return _refused(
                HTTPStatus.SERVICE_UNAVAILABLE,
                _("The report can't be shown just now."),
                _("I can't reach my database. Nothing is lost: load this page again in a minute."),
            )
        if html is None or not html.startswith("<"):  # a bug, under its reference in the log
            return _refused(
                HTTPStatus.SERVICE_UNAVAILABLE,
                _("The report can't be shown just now."),
                _("Something went wrong here. Whoever runs me finds it in the log under {reference}.").format(
                    reference=html
                ),
            )
        return _page(html, HTTPStatus.OK)

    async def _written(self, token: str) -> str:
        now = self._program.clock.now()
        report, locale = await self._program.database.read(partial(self._report, token=token))
        with speaking(locale):
            return await asyncio.to_thread(render_report, report, now)

    def _report(self, session: Session, *, token: str) -> tuple[Report, str]:
        now = self._program.clock.now()
        letting_in = read_pass(token, partial(digest, session, purpose=PURPOSE), now)
        organisation = session.get(Organisation, letting_in.organisation_id)
        if organisation is None:
            raise LinkBroken
        work = Work(session, now=now, actor=Actor(organisation_id=organisation.id, person_id=None))
        with speaking(letting_in.locale):
            period = period_of(letting_in.first, letting_in.last, organisation.zone)
            return build_report(work, period, letting_in.team, self._program.reports), letting_in.locale


def _refused(status: HTTPStatus, title: str, sentence: str) -> web.Response:
    log.info("A link to a report opened nothing.", action="report_refused", status=int(status))
    return _page(render_refusal(title, sentence), status)


def _page(html: str, status: HTTPStatus) -> web.Response:
    return web.Response(text=html, status=status, content_type="text/html", headers=headers())
