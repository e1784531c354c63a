"""Suggestions for who is writing: what readers may read next, and which topics the text belongs to, each with the reason."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils import timezone

from kawaraban.desk.models import Article, Section, Topic
from kawaraban.pages import relating
from kawaraban.pages.relating import NEWNESS, Filed, article_key, filed_alike
from kawaraban.pages.typed import Typed
from kawaraban.search import dictionary, terms
from kawaraban.search.related import Candidate, Relater, different, told

ARTICLES, TOPICS = 6, 5
WORDS = 4  # that say why
NEAREST = 12  # articles whose topics are looked at
LEAST_TOPIC = 0.08
SAYS_NOTHING = re.compile("[ぁ-ゖー]{1,3}")
NAMED = 1.0  # what it counts that a text has the topic's name in it


@dataclass(frozen=True)
class SuggestedArticle:
    article: Article
    words: tuple[str, ...]  # that both are about


@dataclass(frozen=True)
class SuggestedTopic:
    topic: Topic
    is_named: bool  # its name stands in the text
    articles: int  # of the nearest that belong to it


@dataclass(frozen=True)
class Suggestions:
    articles: tuple[SuggestedArticle, ...] = ()
    topics: tuple[SuggestedTopic, ...] = ()
    is_ready: bool = True  # False: there is no index to ask


def suggestions(typed: Typed) -> Suggestions:
    """Published articles and topics only, whoever asks. Raises what an index that can't be read raises."""
    relater = relating.relater_of_site()
    if relater is None:
        return Suggestions(is_ready=False)
    words = told(typed.fields, dictionary.japanese())
    if not words:
        return Suggestions()
    near = relater.likely(words, f"article:{typed.but}", kind="article:")
    return Suggestions(articles(relater, relater.vector(words), near, typed), topics(near, typed))


def articles(relater: Relater, vector: Mapping[str, float], near: list[Candidate], typed: Typed) -> tuple[SuggestedArticle, ...]:
    beside = relater.named(vector, (f"article:{key}" for key in typed.picks))
    chosen = [article_key(found.id) for found in different(weighed(near, typed), ARTICLES, beside)]
    known = {article.pk: article for article in Article.objects.published().editorial().among(chosen).select_related("section")}
    about = {article_key(found.id): found.vector for found in near}
    return tuple(SuggestedArticle(known[key], why(relater, vector, about[key])) for key in chosen if key in known)


def why(relater: Relater, one: Mapping[str, float], other: Mapping[str, float]) -> tuple[str, ...]:
    """The words that say it best; こと and よそ are shared by many and say nothing to anybody."""
    shared = terms.shared(one, other, WORDS * 4)
    return tuple(word for word in relater.shown(shared) if not SAYS_NOTHING.fullmatch(word))[:WORDS]


def weighed(near: list[Candidate], typed: Typed) -> list[Candidate]:
    places = relating.filed(article_key(found.id) for found in near)
    series = frozenset(Topic.objects.filter(pk__in=typed.topics, kind=Topic.Kind.SERIES).values_list("pk", flat=True))
    here = Filed(typed.section, typed.topics - series, series)
    section = Section.objects.filter(pk=typed.section).first()
    newness, now = NEWNESS[Section.Newness(section.related_newness if section else Section.Newness.SOME)], timezone.now().timestamp()
    return [
        replace(found, likeness=found.likeness * filed_alike(here, places.get(article_key(found.id))) * newness.factor(found.date, now))
        for found in near
    ]


def topics(near: Iterable[Candidate], typed: Typed) -> tuple[SuggestedTopic, ...]:
    """By how near the articles are that belong to them, and by their names."""
    nearest = sorted(near, key=lambda found: -found.likeness)[:NEAREST]
    likeness = {article_key(found.id): found.likeness for found in nearest}
    counts: dict[int, int] = defaultdict(int)
    scores: dict[int, float] = defaultdict(float)
    public = Article.objects.published().among(likeness).values_list("pk", flat=True)
    for article, topic in Article.topics.through.objects.filter(article_id__in=list(public)).values_list("article_id", "topic_id"):
        counts[topic] += 1
        scores[topic] += likeness[article]
    text = "\n".join(typed.fields.values())
    found = [topic for topic in Topic.objects.shown().exclude(pk__in=typed.topics) if not topic.is_sponsored]
    named = {topic.pk for topic in found if topic.title and topic.title in text}
    score = {topic.pk: scores[topic.pk] + NAMED * (topic.pk in named) for topic in found}
    best = sorted((topic for topic in found if score[topic.pk] >= LEAST_TOPIC), key=lambda topic: (-score[topic.pk], topic.path))
    return tuple(SuggestedTopic(topic, topic.pk in named, counts[topic.pk]) for topic in best[:TOPICS])
