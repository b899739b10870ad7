"""Mood of the music."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
ominous: ominous music, ominous, menacing, foreboding, sinister, threatening, scary music, drone music
tense: tense music, tense, nervous, anxious, uneasy
dark: dark music, dark, grim, bleak
moody: moody music, jazz, blues music, moody, brooding
melancholy: sad music, melancholy music, melancholic, melancholy, sad, wistful, nostalgic, lonely, sorrow,
  bittersweet, longing, sad piano, grief
calm: calm music, calm, relaxing, relaxing music, chill, mellow, quiet, meditative, lofi, lo-fi, lo fi, chillhop,
  soothing
dramatic: dramatic music, dramatic, epic music, epic, orchestral, majestic, heroic, grand
peaceful: peaceful music, peaceful, serene, tranquil, restful, acoustic guitar, harp
suspenseful: suspenseful music, suspenseful, suspense, mysterious, mystery, secretive
neutral: neutral music, background music, plain music
soft: soft music, soft piano, piano, tender, romantic, intimate, cosy, gentle music
intense: intense music, intense, urgent, aggressive, action, metal, hard rock, action music
uplifting: uplifting music, uplifting, inspiring, triumphant, motivational, inspirational, corporate music
dreamy: dreamy music, dreamy, ethereal, magical, shoegaze, dream pop, celestial
hopeful: hopeful music, hopeful, hope, optimistic, promising
chaotic: chaotic music, chaotic, frantic, wild, breakcore, free jazz
harsh: harsh music, harsh, industrial music, brutal, raw, noise music
bright: bright music, cheerful music, cheerful, joyful, happy music, happy, ukulele, merry
energetic: energetic music, energetic, upbeat, dance music, party music, lively, lit, hype, banger, techno, house
  music, drum and bass, edm, club music
playful: playful music, playful, whimsical, funny, quirky, cute, silly, comic, circus music
"""

DOMAIN = Domain(
    "Music",
    WORDS,
    rank=80,
)
