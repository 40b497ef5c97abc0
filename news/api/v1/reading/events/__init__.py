"""Events: their summary, their parts, and what their list may be narrowed by."""
