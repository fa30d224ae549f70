"""Ids that are numbers, as part of an address: ``{correction_id:digits}``."""

from __future__ import annotations

from starlette.convertors import Convertor, register_url_convertor


class Digits(Convertor[str]):
    """Up to ten digits. What else stands there is no such address, so that one with a name (``/corrections/gold``)
    takes its own methods and no others.
    """

    regex = "[0-9]{1,10}"

    def convert(self, value: str) -> str:
        """The digits as they stand; the endpoint's own type makes a number of them."""
        return value

    def to_string(self, value: str) -> str:
        """The digits as they stand."""
        return value


DIGITS = "digits"
"""How a path names the convertor; it is registered with this module."""

register_url_convertor(DIGITS, Digits())
