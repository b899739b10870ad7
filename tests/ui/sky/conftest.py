"""What tests of the constellation share."""

from tests.ui.sky.hands import sky

__all__ = ["sky"]
