"""Which stored articles print one text: sketches of texts in tables, so that copies are found by an index."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import BigInteger, ForeignKey, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.storage.sketch import SCHEME, are_copies, bands, runs
from app.storage.tables import ID, ArticleRow, Base, Serial, core

__all__ = ["BandRow", "Copies", "SketchRow", "forget", "note"]


class SketchRow(Base):
    """An article whose text was sketched; ``number`` stands for it among the bands and is never used again."""

    __tablename__ = "article_sketches"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy reads it so

    number: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    article_id: Mapped[str] = mapped_column(ID, ForeignKey("articles.id", ondelete="CASCADE"), unique=True)
    scheme: Mapped[int]


class BandRow(Base):
    """A band of an article's text (`sketch.bands`). Without a reference, which would cost an index as large as this:
    bands whose sketch is gone find nobody.
    """

    __tablename__ = "article_bands"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy reads it so

    band: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True)


class Copies:
    """Copies among the stored articles, each text read and cut up once for as long as this lives."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._runs: dict[str, frozenset[str]] = {}
        self._bands: dict[str, frozenset[int]] = {}

    def read(self, article_ids: Collection[str]) -> None:
        """Have the texts of those articles at hand."""
        missing = set(article_ids) - set(self._runs)
        if missing:
            texts = select(ArticleRow.id, ArticleRow.text).where(ArticleRow.id.in_(missing))
            self._runs |= {article_id: runs(text) for article_id, text in self._session.execute(texts)}

    def around(self, article_id: str) -> set[str]:
        """The other articles that share a band with that one: all that can be its copies, and few others."""
        query = (
            select(SketchRow.article_id)
            .join(BandRow, BandRow.number == SketchRow.number)
            .where(BandRow.band.in_(self._bands_of(article_id)), SketchRow.scheme == SCHEME)
            .distinct()
        )
        return set(self._session.scalars(query)) - {article_id}

    def are(self, one: str, other: str) -> bool:
        """Whether two articles print one text. They share a band too: else the answer would hang on who asks."""
        self.read((one, other))
        if one == other or not are_copies(self._runs[one], self._runs[other]):
            return False
        return not self._bands_of(one).isdisjoint(self._bands_of(other))

    def _bands_of(self, article_id: str) -> frozenset[int]:
        if article_id not in self._bands:
            self.read([article_id])
            self._bands[article_id] = bands(self._runs[article_id])
        return self._bands[article_id]


def note(session: Session, article_ids: Collection[str]) -> None:
    """Sketch the texts of those stored articles, where that was not done in this way before."""
    sketched = select(SketchRow.article_id).where(SketchRow.article_id.in_(article_ids), SketchRow.scheme == SCHEME)
    new = set(article_ids) - set(session.scalars(sketched))
    if not new:
        return
    forget(session, new)
    connection = session.connection()
    sketch = insert(core(SketchRow)).returning(core(SketchRow).c.number)
    rows = []
    texts = select(ArticleRow.id, ArticleRow.text).where(ArticleRow.id.in_(new)).order_by(ArticleRow.id)
    for article_id, text in session.execute(texts).all():
        number = connection.execute(sketch, {"article_id": article_id, "scheme": SCHEME}).scalar_one()
        rows += [{"band": band, "number": number} for band in sorted(bands(runs(text)))]
    # None where an article is not stored.
    if rows:
        connection.execute(insert(core(BandRow)), rows)


def forget(session: Session, article_ids: Collection[str]) -> None:
    """Take the sketches of those articles away."""
    numbers = session.scalars(select(SketchRow.number).where(SketchRow.article_id.in_(article_ids))).all()
    if not numbers:
        return
    copies = Copies(session)
    known = {band for article_id in article_ids for band in copies._bands_of(article_id)}
    session.execute(delete(BandRow).where(BandRow.band.in_(known), BandRow.number.in_(numbers)))
    session.execute(delete(SketchRow).where(SketchRow.number.in_(numbers)))
