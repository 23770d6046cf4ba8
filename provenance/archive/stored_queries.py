"""Questions in SQL that come with an archive, for whoever serves it: name, title, SQL."""

from __future__ import annotations

from typing import Final

from provenance.archive.coverage import DATED

STORED_QUERIES: Final = {
    "earliest_sighting": (
        "Earliest sighting of each picture",
        # Walks along the index of last instants, so that the first rows are there at once.
        f"""SELECT s.picture_id AS picture,
  (SELECT p.name FROM pictures p WHERE p.id = s.picture_id) AS name,
  s.date, s.earliest, s.latest, s.source, s.url
FROM sightings s WHERE {DATED.strip()} AND latest IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM sightings t WHERE t.picture_id = s.picture_id AND t.latest IS NOT NULL
  AND (t.latest, coalesce(t.earliest, ''), t.id) < (s.latest, coalesce(s.earliest, ''), s.id)
  AND {DATED.strip()})
ORDER BY s.latest, s.id""",
    ),
    "claimed_after_first_seen": (
        "Checks of pictures that were seen before the claim",
        """SELECT k.id AS "check", k.name, k.strength, k.at_least AS days_at_least, c.text AS claim,
  c.date AS claimed, k.no_later_than, k.sentence
FROM checks k JOIN claims c ON c.id = k.claim_id
WHERE k.finding = 'seen_before_claim' ORDER BY k.at_least DESC, k.id""",
    ),
    "checks_with_decisions": (
        "Checks, newest first, and what people decided on them",
        """SELECT k.id AS "check", k.name, c.text AS claim, c.date AS claimed, k.finding,
  k.strength, k.at_least AS days_at_least, k.sentence, k.made_by, k.made, (
  SELECT group_concat(coalesce(r.made_by, '?') || ': ' || coalesce(r.rating, r.decision)
      || coalesce(' (picture ' || r.picture_id || ')', '') || coalesce(': ' || r.note, ''), '; ')
  FROM reviews r WHERE r.ended_by IS NULL AND r.decision <> 'withdrawn'
    AND (r.check_id = k.id OR r.query_sha256 = k.sha256 AND r.picture_id IS NOT NULL
      AND r.sighting_id IS NULL)) AS decisions
FROM checks k LEFT JOIN claims c ON c.id = k.claim_id
WHERE k.erased IS NULL ORDER BY k.id DESC""",
    ),
    "seen_in_several_claims": (
        "Pictures that were checked under several claims",
        # Matches and checks lie in the same order: read once through, not picture by picture.
        """SELECT picture, (SELECT p.name FROM pictures p WHERE p.id = picture) AS name,
  claims, checks
FROM (
  SELECT m.picture_id AS picture, count(DISTINCT k.claim_id) AS claims,
    count(DISTINCT k.id) AS checks
  FROM matches m NOT INDEXED CROSS JOIN checks k ON k.id = m.check_id
  WHERE m.relation <> 'similar_scene' GROUP BY m.picture_id HAVING claims > 1)
WHERE EXISTS (SELECT 1 FROM pictures p WHERE p.id = picture AND p.live = 1)
ORDER BY claims DESC, picture""",
    ),
}
"""By name; where one takes longer than whoever serves it allows, it is stopped."""
