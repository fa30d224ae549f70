from __future__ import annotations

import base64

from app.events.signing import shown, signature_headers

# The example that the libraries of the convention test themselves with.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_example_of_the_convention() -> None:
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    headers = signature_headers("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}', [key])
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": SIGNATURE,
    }
    assert shown(key) == SECRET


def test_during_a_rotation_both_secrets_sign() -> None:
    one, other = (signature_headers("msg_1", 1, b"{}", [key])["webhook-signature"] for key in (b"a" * 32, b"b" * 32))
    assert signature_headers("msg_1", 1, b"{}", [b"a" * 32, b"b" * 32])["webhook-signature"] == f"{one} {other}"
