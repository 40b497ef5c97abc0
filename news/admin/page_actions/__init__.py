"""Acts on one page: what happened to it, copies of it, taking it down; their forms and buttons."""
