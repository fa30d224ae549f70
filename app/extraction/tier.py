"""The ``auto`` tier: the confidence from which a claim may be shown before anybody has looked at it."""

from __future__ import annotations

AUTO = "auto"
"""What stands for the threshold wherever a confidence is asked for."""


def auto_threshold() -> float:
    """The least overall confidence of the tier, in (0, 1), as measured with the calibration.

    Raises ``LexiconError`` where the calibration is broken.
    """
    # Only who asks for the tier reads the weights.
    from app.extraction.confidence import load_calibration

    return load_calibration().auto
