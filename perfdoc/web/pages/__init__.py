"""A file a page, with its routes (ROUTES) and its template beside; each is thin over what the verbs use."""
