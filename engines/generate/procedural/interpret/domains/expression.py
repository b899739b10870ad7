"""Expression: the face of the subject."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
happy: smiling, smile*, grin*, laughing, laugh*, happy face, beaming, happy, joyful, cheerful, giggle*
sad: sad, crying, cry*, weep*, weeping, tearful, frown*, sad face, unhappy, sobbing
angry: angry, angry face, scowl*, furious, mad, glaring, snarl*, shout*, shouting, yell*
calm: calm, serene, expressionless, stoic, neutral face
excited: excited, thrilled, ecstatic, amazed, cheer*, cheering, surprised
nervous: nervous, worried, anxious, scared, afraid, frightened, terrified, shy smile
"""

DOMAIN = Domain(
    "Expression",
    WORDS,
    rank=70,
)
