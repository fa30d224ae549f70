"""Where an answer leads: which of its values another operation takes, as links of the OpenAPI document."""

from __future__ import annotations

from typing import Any

_CLAIM = dict.fromkeys(("get_claim", "list_claim_corrections", "get_claim_review"), "claim_id")
_ACTOR = dict.fromkeys(("get_actor", "list_actor_claims", "list_aliases", "list_actor_judgements"), "actor_id")
_READ_ARTICLE = ("get_article", "list_article_claims", "list_annotations", "list_article_versions")
_ARTICLE = dict.fromkeys((*_READ_ARTICLE, "add_claim"), "article_id")
_CORRECTION = dict.fromkeys(("get_correction", "undo_correction"), "correction_id")
_JUDGEMENT = dict.fromkeys(("get_judgement", "undo_judgement"), "judgement_id")
_SEARCH = dict.fromkeys(("get_search", "list_search_claims", "delete_search"), "search_id")
_USE_WEBHOOK = ("get_webhook", "change_webhook", "test_webhook", "list_webhook_deliveries")
_WEBHOOK = dict.fromkeys((*_USE_WEBHOOK, "delete_webhook"), "webhook_id")
_REREADING = dict.fromkeys(("get_rereading", "stop_rereading"), "rereading_id")
_MESSAGE = dict.fromkeys(("get_webhook_delivery", "redeliver"), "delivery_id")

# Operation → place of an id in its answer, as a JSON pointer → operations that take it, and as what.
_LEADS: dict[str, dict[str, dict[str, str]]] = {
    "ask": {"/items/0/id": _CLAIM},
    "list_claims": {"/items/0/id": {**_CLAIM, "correct_claim": "claim_id"}, "/items/0/article/id": _ARTICLE},
    "get_claim": {"/article/id": _ARTICLE, "/speakers/0/id": _ACTOR, "/id": {"correct_claim": "claim_id"}},
    "list_article_claims": {"/items/0/id": _CLAIM},
    "list_actor_claims": {"/items/0/id": _CLAIM},
    "search_actors": {"/items/0/id": {**_ACTOR, "get_graph": "actor"}},
    "create_article": {"/article/id": {**_ARTICLE, "withdraw_article": "article_id"}, "/claims/0/id": _CLAIM},
    "list_articles": {"/items/0/id": _ARTICLE},
    "withdraw_article": {"/articles/0": {"get_withdrawal": "article_id", "undo_withdrawal": "article_id"}},
    "correct_claim": {"/id": _CORRECTION, "/claim": _CLAIM},
    "add_claim": {"/id": _CORRECTION, "/claim": _CLAIM},
    "list_corrections": {"/items/0/id": _CORRECTION},
    "judge_actors": {"/id": _JUDGEMENT, "/left/id": _ACTOR},
    "list_unsure": {"/items/0/id": _JUDGEMENT},
    "create_search": {"/id": {**_SEARCH, "list_events": "search"}},
    "list_searches": {"/items/0/id": _SEARCH},
    "create_webhook": {"/id": {**_WEBHOOK, "rotate_webhook_secret": "webhook_id"}},
    "list_webhooks": {"/items/0/id": _WEBHOOK},
    "create_rereading": {"/id": _REREADING},
    "list_rereadings": {"/items/0/id": _REREADING},
    "test_webhook": {"/id": _MESSAGE},
    "list_webhook_deliveries": {"/items/0/id": _MESSAGE},
}
# What a message's operations take beside its own id stands in the address that was asked.
_ALONGSIDE = {name: {"webhook_id": "$request.path.webhook_id"} for name in _MESSAGE}


def add_links(operations: dict[str, dict[str, Any]]) -> None:
    """Write into every successful answer where it leads; ``operations`` are the document's by their ``operationId``."""
    for name, leads in _LEADS.items():
        links = {
            target: {
                "operationId": target,
                "description": f"`{pointer}` of this answer is `{parameter}` there.",
                "parameters": {parameter: f"$response.body#{pointer}", **_ALONGSIDE.get(target, {})},
            }
            for pointer, targets in leads.items()
            for target, parameter in targets.items()
        }
        for status, response in operations[name]["responses"].items():
            if status.startswith("2"):
                response["links"] = links
