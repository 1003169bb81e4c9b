/** Where the text of a complaint came from; the user's own choice wins from the page. */
export type ComplaintSource = "page" | "selection" | "writer";

export interface Complaint {
  readonly text: string;
  readonly author: string | null;
  /** RFC 3339 with offset. */
  readonly postedAt: string | null;
  readonly rating: number | null;
  readonly source: ComplaintSource;
}

/** Longer texts are whole pages, not complaints. */
export const SHORTEST = 10;
export const LONGEST_READ = 6_000;
