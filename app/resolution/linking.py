"""Mention to cluster: by name, by territory, by owner, by description, by pronoun."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.lexicon.persons import PartyKind
from app.lexicon.territories import TerritoryRole
from app.resolution.apposition import name_in_apposition, name_of_one
from app.resolution.clusters import Cluster, ClusterSet
from app.resolution.coordination import (
    between_states,
    find_pair,
    find_together,
    is_both,
    is_introduced,
    named_sides,
    note_together,
    with_opponent,
)
from app.resolution.descriptions import find_described
from app.resolution.latter import one_of_two
from app.resolution.mentions import MentionKind, MentionReader
from app.resolution.offices import represent_by_office
from app.resolution.people import announced_person, inhabitants, told_again
from app.resolution.phrases import abbreviates, whole_of
from app.resolution.places import body_at_seat, is_told
from app.resolution.pronouns import clause_subject, find_antecedent
from app.resolution.representation import note_representation
from app.resolution.salience import state_speaking

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.lexicon.anaphora import AnaphoraLexicon
    from app.lexicon.entities import EntityLexicon
    from app.lexicon.grammar import Grammar
    from app.lexicon.territories import TerritoryHit
    from app.parsing.tree import Node, Tree
    from app.resolution.mentions import MentionWords
    from app.resolution.noun_reading import NounReading


_SHORTEST_ACRONYM = 2


class Linker:
    """Links the mentions of one text. ``read_all`` goes over the whole text once; ``cluster_of`` then answers."""

    def __init__(self, tree: Tree, grammar: Grammar, entities: EntityLexicon, anaphora: AnaphoraLexicon) -> None:
        self.tree = tree
        self.grammar = grammar
        self.entities = entities
        self.anaphora = anaphora
        self.set = ClusterSet(tree)
        self.reader = MentionReader(tree, grammar, entities)
        self.speaking: frozenset[int] = frozenset()
        self.quoted: Callable[[int], bool] = lambda offset: False
        self.own_words: dict[int, list[tuple[int, int]]] = {}
        self.echoes: dict[int, list[int]] = {}
        self.offices: list[tuple[Cluster, MentionWords, NounReading]] = []
        self.headlines: frozenset[int] = frozenset()
        self.steps: list[float] = [float(number) for number in range(len(tree.sentences))]
        self._of: dict[int, Cluster | None] = {}
        self._open: set[int] = set()

    def cluster_of(self, head: Node) -> Cluster | None:
        """The actor that the phrase headed by ``head`` means; ``None`` where nobody can be told."""
        if head.i in self._of:
            return self._of[head.i]
        if head.i in self._open:
            return None
        self._open.add(head.i)
        mention = self.reader.read(head)
        cluster = self._link(mention) if mention is not None else None
        self._open.discard(head.i)
        self._of[head.i] = cluster
        if cluster is not None and head.i in self.speaking:
            cluster.spoke = max(cluster.spoke, head.i)
        note_together(self, head)
        return cluster

    def known(self, head: Node) -> Cluster | None:
        """The actor that the phrase has been linked to so far, without linking it now."""
        return self._of.get(head.i)

    def members_of(self, head: Node) -> list[Cluster]:
        """The actors that the phrase means: several for "båda parter", one for most, none where nobody can be told."""
        group = self._group(head)
        if group:
            return group
        cluster = self.cluster_of(head)
        if cluster is None:
            return []
        return list(cluster.members) or [cluster]

    def _group(self, head: Node) -> list[Cluster]:
        """The parties that "båda sidor", "de två länderna" take up: those mentioned last, states where it says so."""
        mention = self.reader.read(head)
        if mention is None or is_introduced(self, mention):
            return []
        pair = find_pair(self, mention)
        if pair:
            return pair
        words = " ".join(node.lower for node in mention.nodes)
        phrase = self.entities.group_phrase(words) or self.entities.group_phrase(head.lower)
        if phrase is None or (phrase.of is PartyKind.PERSON and len(mention.nodes) == 1):
            # "Paret" of whom no two were named together is nobody's words.
            return []
        subject = clause_subject(head)
        asking = self.cluster_of(subject) if subject is not None and subject.i < head.i else None
        # "FN manar båda sidor till lugn": FN is neither.
        fitting = [c for c in self.set.clusters if c is not asking and self._may_be_side(c, phrase.of, head)]
        fitting = between_states(self, phrase, head) or fitting
        if len(fitting) < (phrase.count or 1):
            # "Armenien och Azerbajdzjan strider. FN uppmanar *båda sidor* …"
            quarrel = with_opponent(self, fitting[0], head) if len(fitting) == 1 else []
            return named_sides(self, head) or quarrel or fitting
        fitting.sort(key=lambda c: -c.before(head.i))
        return sorted(fitting[: phrase.count or 2], key=lambda c: c.mentions[0][0].head.i)

    def _may_be_side(self, cluster: Cluster, kind: PartyKind, head: Node) -> bool:
        if cluster.before(head.i) < 0:
            return False
        if cluster.spoke == -1 and kind is not PartyKind.STATE:
            return False
        if kind is PartyKind.STATE or cluster.territory is not None:
            return cluster.kind is ActorKind.STATE and not any(m.head.child("case") for m, _ in cluster.mentions[-1:])
        return cluster.named and cluster.party() is cluster and cluster.kind is not ActorKind.MEDIA

    def read_again(self, head: Node, excluded: Cluster) -> None:
        """Link a pronoun anew, knowing whom it cannot mean: nobody says "han" of himself."""
        mention = self.reader.read(head)
        if mention is None:
            return
        excluded.withdraw(mention)
        found = find_antecedent(self, mention, excluded)
        self._of[head.i] = self.set.add(found[0], mention, found[1]) if found is not None else None

    def assign(self, head: Node, cluster: Cluster, rule: str) -> None:
        """Say from outside whom a phrase means."""
        mention = self.reader.read(head)
        former = self._of.get(head.i)
        if mention is not None and former is not cluster:
            if former is not None:
                former.withdraw(mention)
            self.set.add(cluster, mention, rule)
        self._of[head.i] = cluster

    def read_all(self, heads: list[Node]) -> None:
        """Link these phrases in the order given."""
        for head in heads:
            self.cluster_of(head)

    def settle_offices(self) -> None:
        """Find the parties of titles that stand alone, now that every body of the text is known."""
        for cluster, mention, noun in self.offices:
            if not cluster.represents:
                represent_by_office(self, cluster, mention, noun)

    def _link(self, mention: MentionWords) -> Cluster | None:
        people = inhabitants(self, mention)
        if people is not None:
            return self.set.add(people, mention, "people-of-state")
        of_two = one_of_two(self, mention)
        if of_two is not None:
            return self.set.add(of_two, mention, "one-of-two")
        whole = whole_of(mention.head)
        if whole is not None and not mention.name:
            # "en av grannarna, Eva Lund" is she, "en av rånarna" one of those that the text calls so.
            cluster = self.cluster_of(name_of_one(mention.head, whole) or whole)
            return self.set.add(cluster, mention, "one-of-group") if cluster is not None else None
        if mention.kind is MentionKind.PRONOUN:
            found = find_antecedent(self, mention)
            return self.set.add(found[0], mention, found[1]) if found is not None else None
        if not mention.name and len(mention.nodes) == 1 and is_both(mention.head):
            # Two that nobody has named are nobody's words.
            return None
        together = find_together(self, mention) if not mention.name else None
        if together is not None:
            return self.set.add(together, mention, "named-together")
        if mention.head.paragraph in self.headlines:
            # A headline drops articles: "34-åring häktas" is the 34-year-old of the text.
            mention.definite = True
        apposed = name_in_apposition(self, mention) or told_again(self, mention)
        if apposed is not None:
            cluster, rule = apposed, "apposition"
        elif mention.kind is MentionKind.TERRITORY and mention.territory is not None:
            cluster, rule = self._territory(mention, mention.territory)
        elif mention.kind is MentionKind.PERSON:
            body = self.set.organisation_called(mention.name) if not mention.nouns else None
            if body is None and not mention.nouns and mention.organisation is not None:
                # "Kommunal" is a body, whatever it was tagged, where nobody is called so.
                known = self.set.person_called(mention.name)
                body = self.set.organisation(mention, self.entities.kind_of(mention.name)) if known is None else None
            announced = announced_person(self, mention) if body is None else None
            cluster, rule = (body, "name") if body is not None else (announced or self.set.person(mention), "name")
            if announced is not None:
                announced.names.append(mention.name)
        elif mention.kind is MentionKind.NAME:
            cluster, rule = self._named(mention)
        elif mention.kind is MentionKind.BODY:
            cluster, rule = self._body(mention)
        else:
            cluster, rule = find_described(self, mention)
        self._learn_acronym(cluster, mention)
        self.set.add(cluster, mention, rule)
        note_representation(self, cluster, mention)
        return cluster

    def _territory(self, mention: MentionWords, hit: TerritoryHit) -> tuple[Cluster, str]:
        seated = body_at_seat(self, hit, mention.name)
        if seated is not None:
            return seated, "seat-of-body"
        cluster = self.set.state(hit)
        if mention.name not in cluster.names:
            cluster.names.append(mention.name)
        metonym = hit.role not in {TerritoryRole.NAME, TerritoryRole.GENITIVE}
        return cluster, "metonym" if metonym else "territory"

    def _named(self, mention: MentionWords) -> tuple[Cluster, str]:
        if mention.organisation is None and not mention.nouns and len(mention.name.split()) == 1:
            person = self.set.person_called(mention.name)
            if person is not None:
                return person, "surname"
        hit, noun = mention.organisation, mention.noun
        if hit is not None and hit.organisation.organ and noun is not None and mention.head.text.islower():
            # "utrikesdepartementet" right after Ecuador has spoken is not the Swedish one.
            state = state_speaking(self, mention)
            if state is not None and state.territory is not None and state.territory.code != hit.organisation.territory:
                return self.set.body(state, noun), "body-of-current-state"
        cluster = self.set.organisation(mention, self.entities.kind_of(mention.name))
        if hit is None and cluster.kind in {ActorKind.ORGANISATION, ActorKind.UNKNOWN} and is_told(mention):
            cluster.kind = ActorKind.MEDIA
        return cluster, "name"

    def _learn_acronym(self, cluster: Cluster, mention: MentionWords) -> None:
        """ "Folkhälsomyndigheten (FHM)", "Inspektionen för vård och omsorg, Ivo,": both mean it from now on."""
        short = self.short_form(mention)
        if short is not None and not cluster.is_person:
            self.set.alias(cluster, short.text)
            self._of[short.i] = cluster

    def short_form(self, mention: MentionWords) -> Node | None:
        """The acronym or short name set beside a body's name, in brackets or between commas."""
        last = mention.nodes[-1]
        mark, inside, after = (self.tree.right(last, k) for k in (1, 2, 3))
        if mark is None or inside is None or after is None or len(inside.text) < _SHORTEST_ACRONYM:
            return None
        if mark.text == "(" and after.text == ")" and inside.text.isupper():
            return inside
        between_commas = mark.text == "," and (after.text in {",", "."} or after.upos in {"VERB", "AUX"})
        return inside if between_commas and abbreviates(inside.text, mention.nodes) else None

    def _body(self, mention: MentionWords) -> tuple[Cluster, str]:
        noun = mention.noun
        assert noun is not None
        owner = self.cluster_of(mention.possessor) if mention.possessor is not None else None
        if owner is None and mention.seat is not None:
            # "Inrikesministeriet i Belgrad"
            return self.set.body(self.set.state(mention.seat), noun), "body-in-capital"
        if owner is None and mention.adjective is not None:
            owner = self.set.state(mention.adjective)
            named = mention.adjective.territory
            # Only where the state itself is spoken of: "Sydafrikas president" does not make the government the state.
            printed = any(re.search(rf"\b{re.escape(name)}(?!:?s?\w)", self.tree.text) for name in named.names)
            stands_for_state = noun.lemma in self.anaphora.state_nouns
            if stands_for_state and printed and not noun.plural and mention.possessor is None:
                return owner, "government-adjective"
        if owner is None:
            return find_described(self, mention)
        if owner.body is not None and owner.territory is not None and noun.kind is ActorKind.GOVERNMENT:
            owner = owner.party()
        rest = [node.lower for node in mention.nodes if mention.possessor is None or node.i > mention.possessor.i]
        # "armeniska styrkor" and "Armeniens väpnade styrkor" are not said to be the same.
        cluster = self.set.body(owner, noun, " ".join(rest) if noun.plural else "")
        return cluster, "body-of-owner"
