import { type Complaint, LONGEST_READ, SHORTEST } from "./complaint";

const TYPES = /^(?:.*\/)?(?:User)?(?:Review|Comment|CriticReview|DiscussionForumPosting)$/;

/** Reviews that the page describes in its own JSON-LD. */
export function pageReviews(page: Document): Complaint[] {
  const scripts = [...page.querySelectorAll('script[type="application/ld+json"]')];
  return scripts.flatMap((script) => reviewsIn(parse(script.textContent ?? "")));
}

function reviewsIn(value: unknown): Complaint[] {
  if (Array.isArray(value)) return value.flatMap(reviewsIn);
  if (!isRecord(value)) return [];
  const own = [value["@type"]].flat().some((type) => TYPES.test(String(type))) ? read(value) : null;
  return [...(own ? [own] : []), ...["@graph", "review", "reviews", "comment", "mainEntity"].flatMap((key) => reviewsIn(value[key]))];
}

function read(review: Record<string, unknown>): Complaint | null {
  const text = String(review.reviewBody ?? review.text ?? review.articleBody ?? "").trim();
  if (text.length < SHORTEST) return null;
  const author = review.author;
  const name = isRecord(author) ? author.name : author;
  const posted = new Date(String(review.datePublished ?? review.dateCreated ?? ""));
  const rating = isRecord(review.reviewRating) ? Number(review.reviewRating.ratingValue) : Number.NaN;
  return {
    text: text.slice(0, LONGEST_READ),
    author: typeof name === "string" && name ? name : null,
    postedAt: Number.isNaN(posted.getTime()) ? null : posted.toISOString(),
    rating: rating >= 0 && rating <= 10 ? rating : null,
    source: "page",
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
