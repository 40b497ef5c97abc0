"""Items as Markdown, and the list of what there is, for readers and language tools."""
