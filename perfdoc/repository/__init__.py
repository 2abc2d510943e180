"""What a repository says for its specs: where forms and settings are looked for, and what its settings are."""
