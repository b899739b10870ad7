"""What a clip is, measured: colour, motion, graphics, composition, consistency, cuts, sound; and whether it is as was wanted."""

from engines.analyse.analyser import analyse
from engines.analyse.analysis import Analysis

__all__ = ["Analysis", "analyse"]
