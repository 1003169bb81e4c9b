import type { Review } from "../../../extension/src/companion/contract";

/** A review as the companion tells it, with these differences. */
export function reviewOf(changes: Partial<Review> = {}): Review {
  return {
    id: "id",
    path: "/reviews/id",
    state: "waiting",
    revision: 1,
    language: "nl",
    platform: "x",
    page: null,
    severity: 2,
    complaint: null,
    draft: "Dag Lisa",
    version: 1,
    writer: "Noor",
    writer_role: null,
    created_at: "2026-11-27T20:00:00Z",
    changed_at: "2026-11-27T20:00:00Z",
    decision: null,
    readers: [],
    placed_at: null,
    closed_at: null,
    learned: null,
    placed_as: null,
    outcome: null,
    reminders: [],
    erased: false,
    versions: [],
    comments: [],
    history: [],
    ...changes,
  };
}
