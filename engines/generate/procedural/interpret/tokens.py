"""A prompt cut into tokens that remember where they stand: words folded to one spelling, signs, emoji read as
words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from engines.generate.procedural.interpret.nearby import SIGNS

LONGEST_PROMPT = 100_000
"""Characters that are read; ten thousand words are about 60 000."""
_SCAN = re.compile(
    r"(?P<weighed>\(([^():]{1,80}):\s*(\d*\.?\d+)\))"
    r"|(?P<arrow>-+>|=+>|→|⇒|➡|⟶)"
    r"|(?P<word>[ap]\.m\.|b/w|w/o|f/\d(?:\.\d)?|\d+(?:\.\d+)?[^\W_]*(?:-[^\W_]+)*|[^\W_]+(?:['’\-][^\W_]+)*)"
    r"|(?P<sign>[,.;:!?…()\[\]{}\n\"“”„«»|+&])"
    r"|(?P<other>[^\w\s])",
)

_FOLDED = """
grey: gray; harbour: harbor; centre: center; colour: color; colourful: colorful; colourless: colorless; theatre:
  theater; traveller: traveler; travelling:
traveling; watercolour: watercolor; multicoloured: multicolored; aeroplane: airplane; neighbour: neighbor;
 neighbourhood: neighborhood; fibre: fiber; metre:
meter; tyre: tire; kerb: curb; storey: story; cosy: cozy comfy-cozy; analogue: analog; armour: armor;
 vapour: vapor; honour: honor; plough: plow;
sceptre: scepter; jewellery: jewelry; doughnut: donut; sombre: somber; mould: mold; smoulder: smolder;
 lustre: luster; ochre: ocher;
greyscale: grayscale; through: thru; night: nite; light: lite; though: tho; because: cuz coz; you: u ya; your: ur;
 are: r; please: pls plz;
people: ppl; picture: pic; pictures: pics; video: vid; background: bg; foreground: fg; and: n; with: w;
 without: w/o; something: sth;
very: v hella mega; really: rly; love: luv; black-and-white: b/w bnw; mountains: mtns mountians; beautiful:
  beautful; colours: colors colurs;
coloured: colored; centred: centered; grey-blue: gray-blue; stabilised: stabilized; sceptical: skeptical;
 favourite: favorite; behaviour: behavior;
flavour: flavor; humour: humor; rumour: rumor; savour: savor; splendour: splendor; ardour: ardor; valour: valor;
 litre: liter; sabre: saber;
spectre: specter; meagre: meager; catalogue: catalog; dialogue: dialog; mist: myst; slow-mo: slowmo; tv: telly;
 film: flick; fantasy: phantasy;
sulphur: sulfur; pyjamas: pajamas; airplane: aeroplane plane's; lightning: lightening; lightbulb: lightbulbs;
  silhouette: silouette silhoutte;
skyscraper: skyscrapper; lighthouse: light-house; sailboat: sail-boat; close-up: closeup; thunderstorm:
  thunder-storm; waterfall: water-fall;
"""

_APART = {
    "can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not", "ain't": "is not",
    "let's": "let us", "y'all": "you all", "gonna": "going to", "wanna": "want to", "gotta": "got to",
    "gimme": "give me", "lemme": "let me", "kinda": "kind of", "sorta": "sort of", "lotsa": "lots of",
    "lotta": "lot of", "dunno": "do not know", "'tis": "it is", "'twas": "it was", "outta": "out of", "dont":
    "do not", "doesnt": "does not", "isnt": "is not", "arent": "are not", "wont": "will not", "didnt":
    "did not", "wasnt": "was not", "shouldnt": "should not", "im": "i am", "theres": "there is", "thats":
    "that is", "whats": "what is", "o'clock": "oclock",
}  # fmt: skip
_ENDINGS = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am"}
_IS = frozenset("it there that here what who where he she everything nothing".split())

_EMOJI = """
🌊 wave;🏖 beach;🏝 island;⛵ sailboat;🚤 boat;🛥 boat;🚢 ship;⚓ harbour;🐠 fish;🐟 fish;🐡 fish;🐬 dolphin;🐳 whale;🐋 whale;
🦈 shark;🐙 octopus;🪼 jellyfish;
🐚 shell;🪸 coral;🏔 mountain snow;⛰ mountain;🌋 volcano;🗻 mountain;🏕 tent forest;🌲 pine forest;🌳 tree;🌴 palm tree;
🌵 cactus desert;🏜 desert;🍂 autumn;
🍁 autumn;🌾 wheat;🌸 cherry blossom;🌺 flower;🌻 sunflower;🌹 rose;🌷 tulip;🌼 flower;💐 flower;🍀 meadow green;☀ sunny;
🌞 sunny;🌅 sunrise sea;🌄 sunrise mountain;
🌇 sunset city;🌆 dusk city;🌃 night city;🌉 bridge night;🌙 moon night;🌛 crescent;🌜 crescent;🌕 full moon;🌑 dark night;
⭐ star;🌟 star;✨ sparkle;🌌 milky way;🌠 shooting star;
☁ cloud;⛅ cloud;🌧 rain;🌦 rain;⛈ thunderstorm;🌩 lightning storm;⚡ lightning;🌨 snow;❄ snow winter;☃ snow winter;
⛄ snow winter;🌬 wind;💨 wind;🌪 tornado;🌫 fog;🌈 rainbow;☔ umbrella rain;☂ umbrella;
🔥 fire;💧 water drip;🚗 car;🚙 car;🚕 taxi;🏎 car fast;🚌 bus;🚎 bus;🚚 truck;🚂 train;🚆 train;🚄 train fast;🚅 train fast;
🚇 subway;✈ plane;🛩 plane;🚁 helicopter;🚀 rocket;🛸 spaceship;
🛰 satellite space;🪐 planet space;🌍 planet;🌎 planet;🌏 planet;🎈 balloon;🏠 house;🏡 house;🏘 village;🏙 city;🏢 building;
🏭 factory;🏰 castle;🗼 tower;🏛 temple;⛪ church;🌁 fog city;⛲ fountain;
🎆 fireworks night;🎇 fireworks night;🎉 party;🎂 birthday;🎄 christmas tree;🎃 halloween;🐦 bird;🕊 bird;🦅 eagle;
🦉 owl night;🐧 penguin;🦆 duck;🐱 cat;🐈 cat;🐶 dog;🐕 dog;🐎 horse;🐴 horse;🦌 deer;🐪 camel;🐫 camel;
🐇 rabbit;🐰 rabbit;🦋 butterfly;🐝 bee;🐘 elephant;🦁 lion;🐺 wolf;🦊 fox;🐻 bear;🐮 cow;🐄 cow;🐑 sheep;🤖 robot;👾 alien;
👽 alien;👻 ghost spooky;🧍 person;🚶 person walk;🏃 person run;💃 person dance;🕺 person dance;
👩 woman;👨 man;👧 girl;👦 boy;👶 child;👫 couple;👥 people;🧑 person;☕ coffee cup;🍵 tea cup;📖 book;📚 book;📱 phone;
💻 laptop;⚽ ball;🏀 ball;🎾 ball;💡 lamp;🕯 candle;🎹 piano;🎵 music;🎶 music;
😀 happy;😃 happy;😄 happy;😁 happy;😊 happy;🙂 happy;😂 funny;😍 love;🥰 love;❤ love;💕 love;💔 heartbroken;😢 sad;😭 sad;
😔 sad;😞 sad;😱 scary;😨 scary;😡 angry;😠 angry;😎 chill;😌 calm;🧘 calm meditation;😴 sleepy calm;🤩 excited;
🔴 red;🟠 orange;🟡 yellow;🟢 green;🔵 blue;🟣 purple;⚫ black;⚪ white;🟤 brown;💜 purple;💙 blue;💚 green;💛 yellow;🧡 orange;
🖤 black;🤍 white;💖 pink
"""

_CLOCK = re.compile(r"(\d{1,2})(am|pm)")
_HOURS = ((5, "night"), (7, "dawn"), (11, "morning"), (17, "noon"), (19, "golden-hour"), (21, "dusk"), (24, "night"))
"""Until which hour it is called so."""


@dataclass(frozen=True)
class Token:
    """A word in lower case and one spelling, or a sign; `start` and `end` are places in the prompt.

    `weight` comes from writing "(red:1.3)". `raw` is what stands there.
    """

    text: str
    start: int
    end: int
    weight: float = 1.0
    raw: str = ""

    @property
    def is_sign(self) -> bool:
        """Whether it is no word."""
        return not self.text[0].isalnum()


def _spellings() -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in _FOLDED.replace("\n", " ").split(";"):
        kept, _, others = entry.partition(":")
        for other in others.split():
            found[other] = kept.strip()
    return found


_SPELLINGS = _spellings()
_PICTURES = {
    sign: words.split() for entry in _EMOJI.replace("\n", "").split(";") for sign, words in [entry.split(" ", 1)]
}


@lru_cache(maxsize=8192)
def folded(word: str) -> str:
    """Lower case, no accents, straight apostrophes, British spelling."""
    word = word.lower().replace("’", "'")
    if not word.isascii():
        word = "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))
    return _SPELLINGS.get(word, word)


@lru_cache(maxsize=8192)
def _apart(word: str) -> tuple[str, ...]:
    """A contraction as its words."""
    whole = _APART.get(word)
    if whole:
        return tuple(whole.split())
    if "'" in word:
        for ending, meant in _ENDINGS.items():
            if word.endswith(ending) and len(word) > len(ending):
                return (word[: -len(ending)], meant)
        if word.endswith("'s") and word[:-2] in _IS:
            return (word[:-2], "is")
    return (word,)


def _hour(raw: str) -> str:
    """The time of day that an hour is: `night` for 2am."""
    match = _CLOCK.fullmatch(raw.lower()) if raw[0].isdigit() else None
    if match is None or not 1 <= int(match.group(1)) <= 12:
        return ""
    hour = int(match.group(1)) % 12 + (12 if match.group(2) == "pm" else 0)
    return next(name for end, name in _HOURS if hour < end)


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of a part of a text, in order."""
    stop = min(len(text) if end is None else end, start + LONGEST_PROMPT)
    found: list[Token] = []
    _scan(text, start, stop, 1.0, found)
    return found


def _scan(text: str, start: int, stop: int, weight: float, found: list[Token]) -> None:
    for match in _SCAN.finditer(text, start, stop):
        first, last, raw = match.start(), match.end(), match.group()
        kind = match.lastgroup
        if match.group("weighed"):
            part, amount = match.group(2), float(match.group(3))
            _scan(text, first + 1, first + 1 + len(part), weight * min(4.0, amount), found)
        elif kind == "arrow":
            found.append(Token("->", first, last, weight, raw))
        elif kind == "word" and not raw.isascii() and any(sign in SIGNS for sign in raw):
            places = [place for place, sign in enumerate(raw, first) if sign in SIGNS]
            found.extend(Token(SIGNS[text[at]], at, at + 1, weight, text[at]) for at in places)
        elif kind == "word":
            word = _hour(raw) or folded(raw)
            found.extend(Token(one, first, last, weight, raw) for one in _apart(word) if one)
        elif kind == "sign":
            found.append(Token("." if raw in "\n!?…" else "," if raw in "()[]{}|+" else raw, first, last, weight, raw))
        else:
            found.extend(Token(one, first, last, weight, raw) for one in _PICTURES.get(raw, ()))
