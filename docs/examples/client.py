"""A client for Sagesman: standard library only, typed. Copy it together with sagesman_types.py.

python client.py "what did Baku claim?"
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import quote, urlencode

from sagesman_types import AnswerOut, ClaimDetail, ClaimOut, ClaimPage, Problem, Submission


class Refused(Exception):
    """The service answered with a problem (RFC 9457)."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem['title']}: {problem['detail']}")
        self.problem = problem


@dataclass(frozen=True)
class Sagesman:
    """The service at ``address``. ``key`` is needed unless it is reached over loopback."""

    address: str = "http://127.0.0.1:8000"
    key: str | None = None

    def submit(self, text: str, *, wait: int = 0, **known: str) -> Submission:
        """Send an article and wait up to ``wait`` seconds (at most 60) for its claims.

        ``known`` is what is known of it: ``title``, ``uri``, ``version``, ``agency``, ``published_at`` … It is safe to
        send again after a broken connection: the same article goes under the same idempotency key.
        """
        body = json.dumps({"text": text, **known}).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": hashlib.sha256(body).hexdigest()}
        return cast(Submission, self._call(f"/v1/articles?wait={wait}", headers, body))

    def ask(self, question: str) -> AnswerOut:
        """The answer to a question in Swedish or English."""
        return cast(AnswerOut, self._call("/v1/ask?" + urlencode({"q": question})))

    def claims(self, **filters: str) -> Iterator[ClaimOut]:
        """All claims that pass the filters (``speaker``, ``target``, ``act``, ``since`` …), page by page."""
        cursor: dict[str, str] = {}
        while True:
            page = cast(ClaimPage, self._call("/v1/claims?" + urlencode({**filters, **cursor, "limit": "200"})))
            yield from page["items"]
            if page["next"] is None:
                return
            cursor = {"cursor": page["next"]}

    def claim(self, claim_id: str) -> ClaimDetail:
        """One claim with its rules and who denies it."""
        return cast(ClaimDetail, self._call("/v1/claims/" + quote(claim_id, safe="")))

    def _call(self, path: str, headers: Mapping[str, str] | None = None, body: bytes | None = None) -> Any:
        known = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        request = urllib.request.Request(self.address + path, body, {**known, **(headers or {})})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                raise Refused(cast(Problem, json.load(error))) from None


if __name__ == "__main__":
    service = Sagesman(os.environ.get("NEWS_SERVICE", Sagesman.address), os.environ.get("NEWS_KEY"))
    answer = service.ask(" ".join(sys.argv[1:]))
    print(answer["sentence"])
    for claim in answer["items"]:
        print(f"- {', '.join(actor['name'] for actor in claim['speakers'])}: {claim['text']}")
