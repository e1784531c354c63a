import pytest
from django.core.exceptions import ValidationError

from kawaraban.demo import builders
from kawaraban.desk.models import Article, Front, Topic


@pytest.mark.parametrize(
    ("kind", "sponsor", "fits"),
    [("hub", "", True), ("series", "", True), ("sponsored", "", False), ("sponsored", " ", False), ("sponsored", "凪浜海運", True)],
)
def test_topic_says_who_pays(kind: str, sponsor: str, fits: bool) -> None:
    topic = Topic(title="話題", slug="topic", kind=kind, sponsor=sponsor)
    if fits:
        topic.clean()
        return
    with pytest.raises(ValidationError) as fault:
        topic.clean()
    assert "sponsor" in fault.value.message_dict


@pytest.mark.parametrize(("kind", "paid"), [("hub", False), ("series", False), ("sponsored", True)])
def test_topic_is_sponsored(kind: str, paid: bool) -> None:
    assert Topic(kind=kind).is_sponsored == paid


def test_topic_that_goes_leaves_its_articles(front: Front) -> None:
    topic = builders.make_topic()
    article = builders.make_article(topics=[topic])
    topic.delete()
    assert list(Article.objects.get(pk=article.pk).topics.all()) == []


def test_topic_of_a_draft_revision_stays_on_the_draft(front: Front) -> None:
    """What is chosen in the desk is seen by readers when it is published, not before."""
    topic, article = builders.make_topic(), builders.make_article(body=builders.make_body())
    article.topics.set([topic])
    revision = article.save_revision()
    assert not Article.objects.on_topic(topic).exists()
    revision.publish()
    assert Article.objects.on_topic(topic).get() == article
