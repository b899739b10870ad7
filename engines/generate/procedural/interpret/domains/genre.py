"""Genre: what kind of film; it brings pacing, light, tension, transitions and shot sizes."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
documentary: documentary, nature documentary, docu, docuseries, reportage, nature film, wildlife film, travel film,
  travelogue, journalism, news report, mockumentary, biopic
thriller: thriller, suspense film, crime film, detective film, horror, horror film, spy film, crime, heist, murder
  mystery, slasher, chase scene, noir film
ad: ad, advert, advertisement, commercial, product shot, product ad, product commercial, promo, promotional, product
  video, brand film, campaign,
  teaser, trailer, launch video, packshot, sponsored, billboard, sale, marketing
tutorial: tutorial, how-to, walkthrough, step by step, step-by-step, instructions, instructional, guide, demo,
  demonstration, recipe, diy, masterclass
educational: educational, lesson, lecture, teaching, classroom, school film, science film, course, class, learning,
  edutainment, museum film
explainer: explainer, explainer video, explanation, infographic, animated explainer, explained, overview, breakdown,
  presentation
general: general, ordinary film, drama, slice of life, romance, comedy, musical, fantasy, adventure film, western,
  sci-fi, science fiction, music video, art film
"""

DOMAIN = Domain(
    "Genre",
    WORDS,
    rank=50,
    default="general",
)
