"""Theme: what the film is about."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
nature: nature, natural world, wilderness, wildlife, environment, ecology, outdoors, earth
urban: urban, city life, metropolitan, street life, downtown life
technology: technology, tech, digital, futuristic, future, computer, software, artificial intelligence, data, cyber,
  innovation, robotics, high-tech, hi-tech
love: love, romance, wedding, valentine, honeymoon, couple in love, lovers, kiss*
adventure: adventure, quest, exploration, explore*, expedition, discovery, voyage, odyssey
journey: journey, travel, trip, road trip, vacation, holiday, commute, wanderlust, pilgrimage, tourism, departure,
  arrival
mystery: mystery, secret, puzzle, riddle, enigma, unknown, investigation
freedom: freedom, free spirit, liberty, independence, escape*, break* free, open road
loss: loss, grief, goodbye, farewell, funeral, mourning, heartbreak, memory, memories, remembrance
hope: hope, new beginning, rebirth, recovery, healing, new day, fresh start, second chance
childhood: childhood, child's dream, playground, growing up, bedtime story, toys, kids
family: family, parents, motherhood, fatherhood, homecoming, home life, reunion
celebration: celebration, party, festival, birthday, new year, carnival, parade, christmas, halloween, diwali,
  festive, anniversary
sport: sport, sports, football, soccer, marathon, race, training, fitness, basketball, tennis, workout, gym,
  championship, surfing, skiing
business: business, company, corporate, startup, finance, meeting, economy, growth chart, teamwork, office life,
  product launch
science: science, scientific, laboratory, physics, chemistry, biology, astronomy, experiment, research, molecule,
  atom, cell, dna
history: history, historical, ancient, medieval, antiquity, war, castle life, heritage, victorian, once upon a time,
  legend, myth
health: health, wellness, yoga, meditation, mindfulness, spa, self care, breathing
food: food, cooking, cuisine, baking, dinner, meal, lunch, restaurant, coffee break, gourmet
fantasy: fantasy, fairy tale, fairytale, magic, wizard, elf, enchanted, mythical, spell, kingdom
war: battle, conflict, struggle, apocalypse, post-apocalyptic, ruins, dystopia, dystopian
"""

DOMAIN = Domain(
    "Theme",
    WORDS,
    rank=65,
)
