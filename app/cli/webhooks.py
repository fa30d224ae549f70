"""``sagesman webhooks``: addresses that events are sent to, and what was sent there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.domain.event import OF_SEARCHES, EventKind
from app.domain.webhook import DeliveryStatus
from app.errors import InputError, SagesmanError

if TYPE_CHECKING:
    from app.domain.webhook import Delivery

app = typer.Typer(help="Have events sent to addresses, and see what was sent.", no_args_is_help=True)

WebhookId = Annotated[str, typer.Argument(metavar="ID", help="Id of the webhook, as webhooks list prints it.")]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON, for programs.")]

_LONGEST_URL, _LONGEST_NAME = 2000, 200
_MOST = 1000
_EXAMPLES = """Examples:

sagesman webhooks add https://cms.example/sagesman --name CMS --kind claim.added --kind article.failed

sagesman webhooks add https://cms.example/kreml --search sch_0d6c1a0f3f6c7be0a1b2
"""


@app.command(epilog=_EXAMPLES)
def add(
    url: Annotated[str, typer.Argument(help="Where events are sent, by HTTPS.")],
    name: Annotated[str | None, typer.Option(help="What it is called.")] = None,
    kind: Annotated[list[EventKind] | None, typer.Option(help="Send this kind of event; may be repeated.")] = None,
    search: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Send matches of this saved search alone; may be repeated.")
    ] = None,
) -> None:
    """Have events sent to an address from now on, and print the secret that signs them. It is shown this once."""
    from app.cli.options import whoever_runs_this
    from app.cli.output import note
    from app.cli.wiring import database, settings_of_this_run
    from app.events.receivers import check_address, check_searches
    from app.events.signing import shown
    from app.storage.engine import transaction
    from app.storage.webhooks import save_webhook

    settings = settings_of_this_run()
    kinds, searches = kind or [], search or []
    if len(url) > _LONGEST_URL or len(name or "") > _LONGEST_NAME:
        raise InputError(f"an address has at most {_LONGEST_URL} characters, and a name {_LONGEST_NAME}")
    check_address(url, private=settings.webhook_private_addresses)
    if searches and not kinds:
        kinds = list(OF_SEARCHES)
    with database(settings) as engine, transaction(engine) as session:
        check_searches(session, searches)
        webhook, secret = save_webhook(
            session, url, name=name, kinds=kinds, searches=searches, author=whoever_runs_this()
        )
    note(f"{webhook.id} for {webhook.url}")
    note("Keep the secret now; it cannot be shown again:")
    typer.echo(shown(secret))


@app.command("list")
def list_all(as_json: AsJson = False) -> None:
    """Print all webhooks, stopped ones too; never their secrets."""
    from dataclasses import asdict

    from app.cli.output import print_json, print_table
    from app.cli.wiring import database, settings_of_this_run
    from app.storage.engine import reading
    from app.storage.webhooks import list_webhooks

    with database(settings_of_this_run(), create=False) as engine, reading(engine) as session:
        page = list_webhooks(session, limit=_MOST)
        webhooks = list(page.items)
        while page.next_cursor is not None:
            page = list_webhooks(session, page.next_cursor, _MOST)
            webhooks += page.items
    if as_json:
        print_json([asdict(webhook) for webhook in webhooks])
        return
    rows = [
        (
            each.id,
            each.name or "–",
            each.url,
            ", ".join([*each.kinds, *each.searches]) or "everything",
            "on" if each.enabled else f"off: {each.disabled_reason}" if each.disabled_reason else "off",
        )
        for each in webhooks
    ]
    print_table(("id", "name", "address", "sends", "standing"), rows)


@app.command(epilog="Example:\n\nsagesman webhooks remove whk_0d6c1a0f3f6c7be0a1b2")
def remove(webhook_id: WebhookId) -> None:
    """Send nothing there any more, and forget what was sent."""
    from app.cli.wiring import database, settings_of_this_run
    from app.storage.engine import transaction
    from app.storage.webhooks import delete_webhook

    with database(settings_of_this_run(), create=False) as engine, transaction(engine) as session:
        delete_webhook(session, webhook_id)
    typer.echo(f"{webhook_id} is forgotten")


@app.command("test", epilog="Example:\n\nsagesman webhooks test whk_0d6c1a0f3f6c7be0a1b2 --wait 5")
def try_out(
    webhook_id: WebhookId,
    wait: Annotated[float, typer.Option(min=0, max=3600, help="Seconds to wait for what comes of it.")] = 20.0,
) -> None:
    """Have a message sent once, also to a webhook that is stopped, and say what came of it. A worker sends it."""
    import time

    from app.cli.wiring import database, settings_of_this_run
    from app.events.receivers import send_trial
    from app.storage.deliveries import get_delivery
    from app.storage.engine import reading, transaction

    with database(settings_of_this_run(), create=False) as engine:
        with transaction(engine) as session:
            sent = send_trial(session, webhook_id)
        until = time.monotonic() + wait
        while sent.status is DeliveryStatus.PENDING and time.monotonic() < until:
            time.sleep(0.2)
            with reading(engine) as session:
                sent = get_delivery(session, webhook_id, sent.id)
    typer.echo(f"{sent.id}  {sent.status.value}  {_came_of(sent)}")
    if sent.status is DeliveryStatus.FAILED:
        raise SagesmanError("the receiver did not take it")
    if sent.status is DeliveryStatus.PENDING and wait:
        raise SagesmanError("nobody has sent it yet; does sagesman worker or sagesman serve run?")


@app.command(epilog="Example:\n\nsagesman webhooks deliveries whk_0d6c1a0f3f6c7be0a1b2 --status failed")
def deliveries(
    webhook_id: WebhookId,
    status: Annotated[DeliveryStatus | None, typer.Option(help="Only messages of this status.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=_MOST, help="At most this many messages.")] = 50,
    cursor: Annotated[str | None, typer.Option(help="Go on where an earlier list ended.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print what was sent to a webhook, newest first, and what came of the last attempt; as JSON of every attempt."""
    from dataclasses import asdict

    from app.cli.output import note, print_json, print_table
    from app.cli.wiring import database, settings_of_this_run
    from app.storage.deliveries import list_deliveries
    from app.storage.engine import reading
    from app.storage.webhooks import get_webhook

    with database(settings_of_this_run(), create=False) as engine, reading(engine) as session:
        get_webhook(session, webhook_id)
        page = list_deliveries(session, webhook_id, cursor, limit, status)
    if as_json:
        print_json({"deliveries": [asdict(each) for each in page.items], "next_cursor": page.next_cursor})
        return
    rows = [
        (
            each.id,
            each.kind,
            f"{each.created_at:%Y-%m-%d %H:%M:%S}",
            each.status.value,
            str(len(each.attempts)),
            _came_of(each),
        )
        for each in page.items
    ]
    print_table(("id", "event", "queued", "status", "attempts", "last answer"), rows)
    if page.next_cursor:
        note(f"there are more: --cursor {page.next_cursor}")


def _came_of(delivery: Delivery) -> str:
    """What the last attempt brought."""
    if not delivery.attempts:
        return "not tried yet"
    last = delivery.attempts[-1]
    return last.error or f"{last.status_code} after {last.ms} ms"
