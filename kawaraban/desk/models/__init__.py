from kawaraban.desk.models.article import Article, Byline, Pick
from kawaraban.desk.models.author import Author, Authors
from kawaraban.desk.models.front import Front, Lead, Notice
from kawaraban.desk.models.issue import Content, Issue, Issues
from kawaraban.desk.models.media import Picture, Rendition
from kawaraban.desk.models.mook import Mook, Mooks
from kawaraban.desk.models.reader_page import ReaderPage
from kawaraban.desk.models.section import Month, Section
from kawaraban.desk.models.topic import Topic, Topics

__all__ = [
    "Article",
    "Author",
    "Authors",
    "Byline",
    "Content",
    "Front",
    "Issue",
    "Issues",
    "Lead",
    "Month",
    "Mook",
    "Mooks",
    "Notice",
    "Pick",
    "Picture",
    "ReaderPage",
    "Rendition",
    "Section",
    "Topic",
    "Topics",
]
