"""Mood: how it shall feel."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
happy: happy, joyful, cheerful, joy, fun, playful, sunny mood, merry, delighted, lighthearted, light-hearted, jolly,
  festive, wholesome, funny, silly, whimsical, cute, smiling, laughing, happiness, bubbly, adorable, feelgood,
  feel-good, gleeful, blissful, bliss
calm: calm, peaceful, serene, gentle, quiet, tranquil, relaxing, soothing, soft, cosy, chill, mellow, restful,
  silent, meditative, relaxed, zen, lowkey, placid, idyllic, still, hushed, peace, serenity, lofi, comfy, contented,
  mindful, calmness, snug
melancholic: melancholic, melancholy, sad, lonely, wistful, nostalgic, sorrow, bittersweet, longing, alone, forlorn,
  grief, lone, sorrowful, mournful, sadness, loneliness, nostalgia, heartbroken, tearful, desolate, abandoned,
  empty, deserted, gloomy, bleak, depressing, regret, solitary, solitude, blues, abandonment, sombre
mysterious: mysterious, mystery, eerie, haunting, spooky, secret, enigmatic, suspense, suspenseful, strange,
  uncanny, haunted, ghostly, cryptic, otherworldly, weird, mystical, occult, magical, arcane, spoopy, creepy,
  unknown, supernatural, surreal, dreamlike
tense: tense, dramatic, ominous, thriller, threatening, danger, dangerous, dark mood, intense, foreboding, menacing,
  scary, frightening, terrifying, horror, fear, sinister, nervous, anxious, angry, rage, evil, grim, creepy,
  nightmarish, nightmare, unsettling, sus, apocalyptic, violent, furious, ruthless, desperate, doomed
energetic: energetic, lively, dynamic, fast paced, fast-paced, exciting, upbeat, action, vibrant, powerful, vivid,
  bold, lit, hype, hyped, wild, epic action, thrilling, exhilarating, sporty, vibing, party, rave, banger,
  adrenaline, excited, electrifying, explosive, chaotic, vigorous
romantic: romantic, love, tender, intimate, sentimental, lovers, romance, passionate, loving, affectionate,
  valentine, wedding, sensual, kiss*, heartwarming, in love, dreamy
hopeful: hopeful, uplifting, inspiring, hope, optimistic, triumphant, majestic, grand, awe, wonder, epic, glorious,
  inspirational, heroic, victorious, dawn of, proud, encouraging, awe-inspiring, breathtaking, sublime, spiritual,
  heavenly, divine, motivational, noble
"""

DOMAIN = Domain(
    "Mood",
    WORDS,
    rank=25,
    is_gradual=True,
    opposite={
        "happy": "melancholic",
        "calm": "energetic",
        "melancholic": "happy",
        "tense": "calm",
        "energetic": "calm",
        "hopeful": "melancholic",
    },
)
