"""Reads tokens from left to right: phrases with what steers them (not, very, three, red, in front of)."""

from __future__ import annotations

from collections.abc import Sequence

from engines.generate.procedural.intent import Chip, Unknown
from engines.generate.procedural.interpret.context import (
    BARE,
    BODY,
    WEARING,
    age_at,
    colour_name,
    fitting,
    is_by_the_way,
    is_colour,
    next_meanings,
    subject_follows,
)
from engines.generate.procedural.interpret.counts import MOST, count_at, herd_at
from engines.generate.procedural.interpret.forms import forms, is_plural, singular
from engines.generate.procedural.interpret.linking import AT_SIDE, Linking
from engines.generate.procedural.interpret.reading import HEAVIEST, HINT, Reading
from engines.generate.procedural.interpret.spelling import corrected, suggested
from engines.generate.procedural.interpret.steering import PASSED, Steer, size_of, steer_at, strength_of
from engines.generate.procedural.interpret.tokens import Token
from engines.generate.procedural.interpret.vocabulary import Match, Meaning, match

REACH = 4
"""A denial reaches over so many words that mean nothing."""
_PLURAL_GROUP = 3
"""A plural without a number is a small group."""
_AS_MANY = {"couple": 2, "lovers": 2}
"""Words that say by themselves how many there are."""
_WEATHER = ("weather", "wind")
_MOST_UNKNOWN = 200
_THINGS = ("subject", "setting", "feature")
_ARTICLES = ("a", "an", "the", "some", "its", "his", "her", "their", "and", "of", "my", "our")
_FEW = 6
_ONE_OF = {"birds": "bird"}
"""A few of a flock are counted one by one."""
_WORLDS = ("planet", "moon")
_WHERE = 0.5
"""What a hint weighs that is said as a place."""
_EMPTY = frozenset("empty deserted uninhabited unpopulated abandoned".split())


class Reader:
    """Reads one stretch of tokens into a Reading."""

    def __init__(self, tokens: Sequence[Token], reading: Reading | None = None, denied: bool = False) -> None:
        self.tokens = tokens
        self.words = [token.text for token in tokens]
        self.reading = reading or Reading()
        self._always_denied = denied
        self._at = 0
        self._denied = 0
        self._wears = False
        self._links = Linking(self.reading)
        self._forget()

    def read(self) -> Reading:
        """All of it."""
        while self._at < len(self.tokens):
            self._step()
        return self.reading

    def _forget(self) -> None:
        """What steered the phrase before does not steer the next."""
        self._amount, self._count, self._size, self._strength = 1.0, 0, 1.0, 1.0
        self._colour = ""
        self._from: int | None = None
        self._noun_from: int | None = None

    def _step(self) -> None:
        token = self.tokens[self._at]
        if token.is_sign:
            self._sign(token.text)
            self._at += 1
            return
        if token.text in _EMPTY:
            self.reading.deny("subject", "person")  # an empty street has nobody in it
        if age := age_at(self.words, self._at):
            self._at += age
            return
        found = fitting(match(self.words, self._at), self.words, self._at)
        steer = steer_at(self.words, self._at)
        if steer.length > found.length or (steer.length == found.length == 1 and steer.kind != "end"):
            found = Match(0, ())
        if steer.kind in ("relation", "frame"):
            if self._wears:
                self._forget()
            self._wears = False  # "in a red coat on a beach": the beach is no garment
        if found.length < 2 and self._adjective(found):
            return
        if found.meanings and self._is_worn(found):
            self._at += found.length
            return
        if found.meanings and not is_by_the_way(found, self.words, self._at):
            self._take(found)
        elif token.text == "half" and self._number():
            pass  # half a dozen, not half as much
        elif steer.length and self._steer(steer):
            pass
        elif not (self._number() or self._lacks()):
            self._pass_or_miss(token)

    # signs and words that steer

    def _sign(self, sign: str) -> None:
        is_list = sign == "," and self._denied and self._goes_on_denying()
        if not is_list:
            self._denied = 0
            self._forget()
        self._links.pause(sign == ".")
        self._wears = False

    def _goes_on_denying(self) -> bool:
        """Whether a list goes on to an `or`, and the denial with it: no rain, snow or fog."""
        for word in self.words[self._at + 1 : self._at + 9]:
            if word in ("or", "nor"):
                return True
            if word in (".", "but", "with", "and", "a", "an", "the", ";", "then"):
                return False
        return False

    def _mark(self) -> None:
        """What steers the next phrase begins here."""
        if self._from is None:
            self._from = self.tokens[self._at].start

    def _mark_noun(self) -> None:
        """What belongs to the next thing, past adjectives, begins here."""
        if self._noun_from is None:
            self._noun_from = self.tokens[self._at].start

    def _steer(self, steer: Steer) -> bool:
        """Take a steering phrase; False if it does not steer here."""
        kind = steer.kind
        if kind == "deny":
            self._forget()
            self._mark()
            self._denied = REACH + 1
        elif kind == "degree":
            if not self._leads_somewhere(self._at + steer.length):
                return False
            self._mark()
            self._amount *= steer.amount
        elif kind in ("relation", "frame"):
            self._place(steer)
        elif kind == "end":
            self._denied = 0
            self._forget()
            if steer_relation := _AS_RELATION.get(self.words[self._at]):
                self._place(Steer("relation", steer_relation))
        self._at += steer.length
        return True

    def _leads_somewhere(self, at: int) -> bool:
        """Whether a word that says how much has something behind it to say it of."""
        return at < len(self.tokens) and not self.tokens[at].is_sign

    def _place(self, steer: Steer) -> None:
        if steer.kind == "frame":
            self._links.frame(steer.value)
            return
        self._links.expect(steer.value)
        if self._denied:
            self._denied -= 1

    def _number(self) -> bool:
        count, length = count_at(self.words, self._at)
        if not length:
            return False
        word = self.words[self._at]
        self._mark_noun()
        if count == 0:
            self._denied = REACH + 1
        elif not (word in ("a", "an") and self._count):
            self._count = min(MOST, count)
            if length > 1 or word not in ("a", "an", "one", "single", "lone", "another"):
                self._strength *= 0.6 if count <= 3 else 1.3
        self._at += length
        return True

    def _adjective(self, found: Match) -> bool:
        """Sizes before subjects, strengths before weather; elsewhere they are passed over."""
        word = self.words[self._at]
        size, strength = size_of(word), strength_of(word)
        if not size and not strength:
            return False
        meanings = next_meanings(self.words, self._at + 1)
        if size and any(one.domain == "subject" for one in meanings):
            self._mark_noun()
            self._size = max(0.3, 1 + (size - 1) * self._amount)
            self._amount = 1.0
        elif strength and any(one.domain in _WEATHER for one in meanings):
            self._mark()
            self._strength *= strength
        elif size and not found.meanings and self._links.has_subject and self._ends_here(self._at + 1):
            self._links.resize(max(0.3, 1 + (size - 1) * self._amount))
        else:
            return False
        self._at += 1
        return True

    def _ends_here(self, at: int) -> bool:
        return at >= len(self.tokens) or self.tokens[at].is_sign

    def _is_where(self) -> bool:
        """Whether a phrase is said as a place: "on Mars", "at the window"."""
        before = [word for word in self.words[max(0, self._at - 3) : self._at] if word not in ("the", "a", "an")]
        return bool(before) and before[-1] in ("on", "in", "at", "inside")

    def _lacks(self) -> bool:
        """Take a word that denies what it names: `treeless`, `cloud-free`."""
        word = self.words[self._at]
        root = word.removesuffix("less").removesuffix("free").rstrip("-")
        if root == word or len(root) < 3:
            return False
        found = match([root], 0)
        if not found.meanings:
            return False
        self._take(found, denied=True)
        return True

    def _is_worn(self, found: Match) -> bool:
        """Clothes and hair are no subjects of their own; a colour of theirs is the wearer's."""
        word = self.words[self._at]
        following = self.words[self._at + 1 : self._at + 4]
        coloured = is_colour(found, word)
        if coloured and word in ("yellow", "golden") and following[:1] == ["sun"]:
            return True  # it is, and the picture need not be
        if not self._wears and not (coloured and set(following[:2]) & BODY):
            return False
        is_cloth = self._wears or bool(set(following[:2]) & BODY - BARE)
        if coloured and is_cloth and self._links.has_subject:
            colour = colour_name(word)
            self._links.clothe(colour)
            self.reading.say("subject_colour", colour, 1.0)
            self._chip(Meaning("subject_colour", colour), 1, False, 1.0, (), "")
        return True

    # words that say something

    def _take(self, found: Match, denied: bool = False) -> None:
        word = self.words[self._at]
        denied = denied or self._always_denied or self._denied > 0
        meanings = found.meanings
        if not denied and is_colour(found, word) and subject_follows(self.words, self._at + 1):
            self._mark_noun()
            self._colour = colour = colour_name(word)
            self._chip(Meaning("subject_colour", colour), 1, False, self._weight(found), (), "")
            self.reading.say("subject_colour", colour, 1.0)
            self._at += 1
            return
        if (
            denied
            and not any(one.domain in _THINGS for one in meanings)
            and subject_follows(self.words, self._at + found.length)
        ):
            self._at += found.length  # "no red boat" denies the boat, not the red
            return
        if self._is_where():  # "on Mars" is a place
            meanings = tuple(one for one in meanings if one.value not in _WORLDS or one.domain == "setting") or meanings
        said = tuple(one for one in meanings if not one.is_hint) or meanings[:1]
        weight = self._weight(found, said)
        thing: int | str | None = None
        count = 0
        if 1 < self._count <= _FEW and not word.startswith("flock"):
            said = tuple(one._replace(value=_ONE_OF.get(one.value, one.value)) for one in said)
        for one in said:
            if one.domain == "subject" and not denied:
                count = self._count or (_PLURAL_GROUP if self._is_several(found, one) else 1)
                count = _AS_MANY.get(word, count) if one.value == "person" else count
                count = max(count, herd_at(self.words, self._at + found.length))
                place = self.reading.call(one, count, weight, self._size, self._colour)
                thing = place if thing is None else thing
            if denied:
                self.reading.deny(one.domain, one.value)
            elif not one.is_hint:
                self.reading.say(one.domain, one.value, weight)
                if one.domain in ("setting", "feature") and thing is None:
                    thing = one.value
        if not denied:
            for one in meanings:
                if one.is_hint:
                    self.reading.hint(one.domain, one.value, _WHERE if self._is_where() else HINT)
        also = tuple((one.domain, one.value) for one in said[1:])
        self._chip(said[0], found.length, denied, weight, also, found.guess, count)
        if not denied:
            self._links.speak_of("sun" if word == "sun" else thing, self.words[self._at : self._at + 3])
            if said[0].domain == "balance":
                self._links.frame(AT_SIDE.get(said[0].value, ""))
        self._after(found, denied)

    def _is_several(self, found: Match, said: Meaning) -> bool:
        """Whether the phrase is a plural: boats are, Mars is not."""
        *head, last = self.words[self._at : self._at + found.length]
        if not is_plural(last):
            return False
        one = match([*head, singular(last)], 0)
        return (
            any((each.domain, each.value) == ("subject", said.value) for each in one.meanings) or said.value == "birds"
        )

    def _weight(self, found: Match, said: Sequence[Meaning] = ()) -> float:
        amount = self._amount * found.amount * self.tokens[self._at].weight
        if any(one.domain in _WEATHER for one in said):
            amount *= self._strength
        if said and said[0].is_hint:
            amount *= HINT
        return round(min(HEAVIEST, max(0.1, amount)), 3)

    def _after(self, found: Match, denied: bool) -> None:
        """Past a phrase: a denial goes on over `or`, else it is done; what steered an adjective still steers its noun."""
        self._at += found.length
        following = self.words[self._at] if self._at < len(self.words) else "."
        if self._denied:
            goes_on = following in ("or", "nor") or (following == "," and self._goes_on_denying())
            self._denied = REACH if goes_on else 0
        is_thing = any(one.domain in (*_THINGS, *_WEATHER) for one in found.meanings)
        if is_thing or denied:
            self._forget()
        else:
            self._amount, self._from = 1.0, None

    def _chip(
        self,
        meaning: Meaning,
        length: int,
        denied: bool,
        weight: float,
        also: tuple[tuple[str, str], ...],
        guess: str,
        count: int = 0,
    ) -> None:
        first, last = self.tokens[self._at], self.tokens[self._at + length - 1]
        phrase = " ".join(self.words[self._at : self._at + length])
        is_thing = meaning.domain in (*_THINGS, *_WEATHER)
        marks = (first.start, self._from, self._noun_from if is_thing else None)
        begin = min(mark for mark in marks if mark is not None)
        self.reading.chips.append(
            Chip(
                phrase, meaning.domain, meaning.value, weight, denied, first.start, last.end, begin, count, also, guess
            )
        )

    # words that say nothing

    def _pass_or_miss(self, token: Token) -> None:
        word = token.text
        self._wears = self._wears or word in WEARING
        if self._wears or len(word) < 2 or word.isdigit() or any(form in PASSED for form in forms(word)):
            if word in ("and", "or"):
                self._amount = self._amount if self._denied else 1.0
            self._denied = max(0, self._denied - (word not in _ARTICLES))
            self._at += 1
            return
        if known := corrected(word):
            found = match([known], 0)
            if found.meanings:
                self._take(replace_guess(found, known))
                return
        if len(self.reading.unknown) < _MOST_UNKNOWN:
            raw = token.raw.lower() or word
            self.reading.unknown.append(Unknown(raw, token.start, token.end, suggested(word)))
        self._denied = max(0, self._denied - 1)
        self._amount, self._from = 1.0, None
        self._at += 1


def replace_guess(found: Match, known: str) -> Match:
    """A match of a misspelt word."""
    return found._replace(guess=known, amount=found.amount * 0.9)


_AS_RELATION = {"with": "beside"}
