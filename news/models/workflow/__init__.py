"""Records of editorial work: approval, preflight overrides, reviews, bundles, draft links, requests, runs of the scheduler."""
