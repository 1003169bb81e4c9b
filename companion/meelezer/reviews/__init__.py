"""Four eyes: drafts that somebody sent to a colleague, with their versions, comments and decisions. Nothing else is ever stored."""
