"""How long new stills, titles and transitions are, as the preferences say."""

from __future__ import annotations

from fractions import Fraction

from studio_app.services.settings import SettingsStore
from timeline.time import RationalTime


class Lengths:
    """Exact times of the settings' numbers (which have one or two decimals)."""

    def __init__(self, settings: SettingsStore) -> None:
        self._settings = settings

    @property
    def still(self) -> RationalTime:
        """Of a still put into a cut without marks."""
        return _exact(self._settings.values.still_seconds)

    @property
    def title(self) -> RationalTime:
        """Of a new title."""
        return _exact(self._settings.values.title_seconds)

    @property
    def transition(self) -> RationalTime:
        """Of a new transition, where handles reach."""
        return _exact(self._settings.values.transition_seconds)


def _exact(seconds: float) -> RationalTime:
    return RationalTime(Fraction(str(round(seconds, 3))))
